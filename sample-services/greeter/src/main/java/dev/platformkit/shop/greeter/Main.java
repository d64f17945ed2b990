package dev.platformkit.shop.greeter;

import dev.platformkit.kit.Service;

/** Greets people; what a greeting begins with can be changed while it runs. */
public final class Main {
  private static final String NAME = "greeter";

  private Main() {}

  public static void main(String[] args) {
    Service.run(
        NAME,
        service ->
            service.serve(
                new Greetings(service.settings().of("word", "Hello", Greetings::checkedWord))));
  }
}
