package dev.platformkit.inbox;

import dev.platformkit.kit.Service;
import java.time.Clock;

/** Takes the alerts that Alertmanager sends, and says which have come. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "alert-inbox",
        service -> {
          service.readyUnregistered();
          service.serve(new InboxRoutes(new Inbox(), Clock.systemUTC()).routes());
        });
  }
}
