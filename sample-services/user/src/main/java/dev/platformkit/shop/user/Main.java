package dev.platformkit.shop.user;

import dev.platformkit.kit.Service;
import java.time.Clock;

/** Who shops here. Needs a database of its own. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "user",
        service ->
            service.serve(
                new Users(
                    new AccountStore(service.database()), new Passwords(), Clock.systemUTC())));
  }
}
