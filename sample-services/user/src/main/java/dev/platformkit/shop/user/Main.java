package dev.platformkit.shop.user;

import dev.platformkit.kit.Service;
import dev.platformkit.kit.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Who shops here. Needs a database of its own. {@code PASSWORD_COST} is how slow hashing is, {@code
 * LOCKOUT_FAILURES} and {@code LOCKOUT_SECONDS} say who is kept out and how long, {@code
 * ADMIN_PASSWORD_FILE} makes a first admin.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run("user", Main::setUp);
  }

  private static void setUp(Service service) {
    Clock clock = Clock.systemUTC();
    Database database = service.database();
    Accounts accounts = new AccountStore(database);
    Passwords passwords = Passwords.atCost(Optional.ofNullable(System.getenv("PASSWORD_COST")));
    Optional.ofNullable(System.getenv("ADMIN_PASSWORD_FILE"))
        .ifPresent(file -> FirstAdmin.exists(accounts, passwords, Path.of(file)));
    UserMetrics metrics = new UserMetrics("user", service.metrics());
    LockOut lockOut = new AttemptStore(database, LockOut.Rule.of(System.getenv()));
    SigningKeys keys = new SigningKeys(new KeyStore(database, clock, SigningKeys::newKey), clock);
    metrics.keyAge(keys::age);
    service.trust(keys);
    service.serve(
        new Users(
            accounts,
            new LogIns(accounts, passwords, Turns.ofAProcess(), lockOut, metrics, clock),
            new RefreshTokenStore(database),
            keys,
            metrics,
            clock));
  }
}
