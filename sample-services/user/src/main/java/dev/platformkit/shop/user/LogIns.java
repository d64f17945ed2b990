package dev.platformkit.shop.user;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.user.Accounts.Account;
import dev.platformkit.shop.user.LockOut.Attempt;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells by name and password who somebody is; not too often for one name, and not for so many at a
 * time that nothing else is served: hashing keeps a processor busy.
 */
final class LogIns {
  static final int LONGEST_PASSWORD = 256;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final Accounts accounts;
  private final Passwords passwords;
  private final LockOut lockOut;
  private final UserMetrics metrics;
  private final Clock clock;
  private final Turns turns;

  LogIns(
      Accounts accounts,
      Passwords passwords,
      Turns turns,
      LockOut lockOut,
      UserMetrics metrics,
      Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.turns = turns;
    this.lockOut = lockOut;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Whose name and password these are. */
  Account whose(String name, String password) {
    // Nobody has such a name or password; told before anybody is looked up, so that it takes as
    // long for all.
    if (!NAME.matcher(name).matches() || password.length() > LONGEST_PASSWORD) {
      metrics.logIn("wrong");
      throw wrong();
    }
    // The attempt is counted when its turn has come: whoever is sent away has not failed.
    return turns.take(() -> attempt(name, password));
  }

  /** The hash of a new password. */
  String hash(String password) {
    return turns.take(() -> metrics.hashing(() -> passwords.hash(password)));
  }

  private Account attempt(String name, String password) {
    Attempt attempt = lockOut.attempt(name, clock.instant());
    attempt.refusedUntil().ifPresent(this::refuse);
    Optional<Account> account = accounts.named(name);
    if (metrics.hashing(() -> matches(password, account))) {
      lockOut.succeeded(name);
      metrics.logIn("ok");
      return account.orElseThrow();
    }
    metrics.logIn("wrong");
    if (attempt.last()) {
      metrics.lockedOut();
    }
    lockOut.forget(clock.instant());
    throw wrong();
  }

  private boolean matches(String password, Optional<Account> account) {
    return account.isPresent()
        ? passwords.matches(password, account.get().passwordHash())
        : passwords.matchNobody(password);
  }

  private void refuse(Instant until) {
    metrics.logIn("locked");
    Duration left = Duration.between(clock.instant(), until);
    Duration wait = left.compareTo(A_MOMENT) < 0 ? A_MOMENT : left;
    throw Refusal.because(
            Code.FAILED_PRECONDITION,
            "LOCKED_OUT",
            "too many failures; try again in %d s".formatted(wait.plusMillis(999).toSeconds()))
        .http(423)
        .retryAfter(wait)
        .asException();
  }

  static StatusRuntimeException wrong() {
    return Refusal.because(
            Code.UNAUTHENTICATED, "WRONG_CREDENTIALS", "name and password do not belong together")
        .asException();
  }
}
