package dev.platformkit.shop.user;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.user.Accounts.Account;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tells by name and password who somebody is; not too often for one name, and not for so many at a
 * time that nothing else is served: hashing keeps a processor busy.
 */
final class LogIns {
  static final int LONGEST_PASSWORD = 256;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");
  private static final int AT_A_TIME = 4;
  private static final Duration IN_LINE = Duration.ofMillis(1200);

  private final Accounts accounts;
  private final Passwords passwords;
  private final LockOut lockOut;
  private final UserMetrics metrics;
  private final Clock clock;
  private final Semaphore hashing = new Semaphore(AT_A_TIME, true);

  LogIns(
      Accounts accounts, Passwords passwords, LockOut lockOut, UserMetrics metrics, Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.lockOut = lockOut;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Whose name and password these are. */
  Account whose(String name, String password) {
    if (!NAME.matcher(name).matches()) {
      metrics.logIn("wrong");
      throw wrong();
    }
    lockOut.attempt(name, clock.instant()).ifPresent(this::refuse);
    Optional<Account> account = accounts.named(name);
    if (account.isEmpty()) {
      inTurn(() -> passwords.matchNobody(password));
    }
    account = account.filter(a -> matches(password, a));
    if (account.isPresent()) {
      lockOut.succeeded(name);
      metrics.logIn("ok");
      return account.get();
    }
    metrics.logIn("wrong");
    if (lockOut.failed(name, clock.instant()).isPresent()) {
      metrics.lockedOut();
    }
    throw wrong();
  }

  /** The hash of a new password. */
  String hash(String password) {
    return inTurn(() -> passwords.hash(password));
  }

  private boolean matches(String password, Account account) {
    return password.length() <= LONGEST_PASSWORD
        && inTurn(() -> passwords.matches(password, account.passwordHash()));
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!hashing.tryAcquire(IN_LINE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Refusal.because(
                Code.RESOURCE_EXHAUSTED, "BUSY", "too many are logging in at this moment")
            .retryAfter(IN_LINE)
            .asException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.because(Code.UNAVAILABLE, "STOPPING", "the service stops").asException();
    }
    try {
      return metrics.hashing(work);
    } finally {
      hashing.release();
    }
  }

  private void refuse(Instant until) {
    metrics.logIn("locked");
    Duration wait = Duration.between(clock.instant(), until);
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
