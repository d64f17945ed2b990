package dev.platformkit.kit.auth;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers what tokens were found to say for as long as they are good, so that a token is checked
 * once and not with every call. What is no good is not remembered; of the rest, the thousand that
 * were used last.
 */
final class Checked<T> {
  private static final int MOST = 1000;

  private final Clock clock;
  private final Map<String, Result<T>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Result<T>> eldest) {
          return size() > MOST;
        }
      };

  Checked(Clock clock) {
    this.clock = clock;
  }

  /** What a token says, until when it is good. */
  record Result<T>(T value, Instant until) {
    Result {
      requireNonNull(value, "value is null");
      requireNonNull(until, "until is null");
    }
  }

  /** What this token says; nothing if it is no good, or no more. */
  Optional<Result<T>> get(String token, Function<String, Optional<Result<T>>> check) {
    Optional<Result<T>> result = remembered(token).or(() -> check.apply(token));
    if (result.isPresent() && !clock.instant().isBefore(result.get().until)) {
      forget(token);
      return Optional.empty();
    }
    result.ifPresent(good -> remember(token, good));
    return result;
  }

  private synchronized Optional<Result<T>> remembered(String token) {
    return Optional.ofNullable(known.get(token));
  }

  private synchronized void remember(String token, Result<T> result) {
    known.put(token, result);
  }

  private synchronized void forget(String token) {
    known.remove(token);
  }
}
