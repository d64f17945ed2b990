package dev.platformkit.shop.user;

import dev.platformkit.kit.Service;
import java.time.Clock;
import java.util.Optional;

/** Who shops here. Needs a database of its own; {@code PASSWORD_COST} is how slow hashing is. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "user",
        service ->
            service.serve(
                new Users(
                    new AccountStore(service.database()),
                    Passwords.atCost(Optional.ofNullable(System.getenv("PASSWORD_COST"))),
                    Clock.systemUTC())));
  }
}
