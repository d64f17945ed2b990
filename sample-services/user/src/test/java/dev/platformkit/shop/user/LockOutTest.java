package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.user.v1.Session;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LockOutTest extends UsersFixture {
  @Test
  void whoFailsTooOftenIsLockedOutAndToldHowLong() {
    register("ann");
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> logIn("ann", "a guess")).hasMessageStartingWith("UNAUTHENTICATED");
    }

    assertThatThrownBy(() -> logIn("ANN", PASSWORD))
        .hasMessage("FAILED_PRECONDITION: too many failures; try again in 60 s")
        .satisfies(
            refused ->
                assertThat(Refusal.reason((StatusRuntimeException) refused))
                    .hasValue("LOCKED_OUT"));
    assertThat(count("user_logins_total", "locked")).isEqualTo(1);
    assertThat(count("user_logins_total", "wrong")).isEqualTo(5);
    assertThat(count("user_lockouts_total")).isEqualTo(1);

    clock.goes(Duration.ofSeconds(61));
    assertThat(logIn("ann", PASSWORD).getToken()).isNotEmpty();
  }

  @Test
  void beingLockedOutDoesNotTellWhetherThereIsSuchAUser() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> logIn("nobody", "a guess"))
          .hasMessageStartingWith("UNAUTHENTICATED");
    }

    assertThatThrownBy(() -> logIn("nobody", "a guess")).hasMessageContaining("too many failures");
  }

  @Test
  void whoGetsInIsCountedAnew() {
    register("ann");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 4; i++) {
        assertThatThrownBy(() -> logIn("ann", "a guess")).hasMessageStartingWith("UNAUTHENTICATED");
      }
      assertThat(logIn("ann", PASSWORD).getToken()).isNotEmpty();
    }
  }

  @Test
  void whoIsLockedOutIsNotEvenHashedFor() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> logIn("ann", "a guess")).hasMessageStartingWith("UNAUTHENTICATED");
    }
    double hashed = count("user_password_hash_seconds_count");

    assertThatThrownBy(() -> logIn("ann", PASSWORD)).hasMessageContaining("too many failures");

    assertThat(hashed).isEqualTo(5);
    assertThat(count("user_password_hash_seconds_count")).isEqualTo(hashed);
  }

  @Test
  void aWrongOldPasswordCountsAsAFailure() {
    register("ann");
    Session session = logIn("ann", PASSWORD);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> change(session, "a guess", "battery staple"))
          .hasMessageStartingWith("UNAUTHENTICATED");
    }

    assertThatThrownBy(() -> change(session, PASSWORD, "battery staple"))
        .hasMessageContaining("too many failures");
    assertThatThrownBy(() -> logIn("ann", PASSWORD)).hasMessageContaining("too many failures");
  }

  @Test
  void whoIsSentAwayBecauseTooManyWaitHasNotFailed() {
    register("ann");

    turns.take(
        () -> {
          for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> logIn("ann", PASSWORD))
                .hasMessageStartingWith("RESOURCE_EXHAUSTED");
          }
          return true;
        });

    assertThat(logIn("ann", PASSWORD).getToken()).isNotEmpty();
  }

  @Test
  void aPasswordThatNobodyCanHaveTellsNothingAboutTheName() {
    register("ann");
    double hashed = count("user_password_hash_seconds_count");

    for (String name : List.of("ann", "nobody")) {
      assertThatThrownBy(() -> logIn(name, "x".repeat(257)))
          .hasMessage("UNAUTHENTICATED: name and password do not belong together");
    }

    assertThat(count("user_password_hash_seconds_count")).isEqualTo(hashed);
  }

  @Test
  void theRuleCanBeSetAndIsRefusedWhereItMakesNoSense() {
    assertThat(LockOut.Rule.of(Map.of()))
        .isEqualTo(new LockOut.Rule(5, Duration.ofMinutes(15), Duration.ofMinutes(1)));
    assertThat(LockOut.Rule.of(Map.of("LOCKOUT_FAILURES", "3", "LOCKOUT_SECONDS", "2")))
        .isEqualTo(new LockOut.Rule(3, Duration.ofMinutes(15), Duration.ofSeconds(2)));
    for (String name : List.of("LOCKOUT_FAILURES", "LOCKOUT_SECONDS")) {
      for (String none : List.of("0", "-1", "five", "1.5", "1000000")) {
        assertThatThrownBy(() -> LockOut.Rule.of(Map.of(name, none)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(name + " is " + none + ", not from 1 to 999999");
      }
    }
  }
}
