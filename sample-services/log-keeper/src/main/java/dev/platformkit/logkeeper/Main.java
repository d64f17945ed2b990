package dev.platformkit.logkeeper;

import dev.platformkit.kit.Service;

/** Answers for every line of this platform's containers until it is stored. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "log-keeper",
        service -> {
          service.readyUnregistered();
          Keeper keeper = Keeper.start(Settings.of(System.getenv()), service.metrics());
          service.onStop(keeper::close);
        });
  }
}
