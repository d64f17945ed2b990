package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.user.v1.LogOutRequest;
import dev.platformkit.shop.user.v1.LogOutResponse;
import dev.platformkit.shop.user.v1.RefreshRequest;
import dev.platformkit.shop.user.v1.Session;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest extends UsersFixture {
  @Test
  void aRefreshTokenIsTradedForANewSessionOnce() {
    register("ann");
    Session first = logIn("ann", PASSWORD);
    clock.goes(Duration.ofMinutes(11));
    assertThatThrownBy(() -> tokens.check(first.getToken())).hasMessageContaining("has expired");

    Session second = refresh(users, first.getRefreshToken());

    assertThat(tokens.check(second.getToken()).name()).isEqualTo("ann");
    assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
    assertThat(count("user_sessions_refreshed_total", "ok")).isEqualTo(1);
  }

  @Test
  void aRefreshTokenThatIsUsedTwiceEndsTheWholeSession() {
    register("ann");
    Session first = logIn("ann", PASSWORD);
    Session second = refresh(users, first.getRefreshToken());
    Session elsewhere = logIn("ann", PASSWORD);

    assertEnded(first);

    assertEnded(second);
    assertThat(refresh(users, elsewhere.getRefreshToken()).getToken()).isNotEmpty();
    assertThat(count("user_sessions_refreshed_total", "used_twice")).isEqualTo(1);
  }

  @Test
  void whoLogsOutIsOutForGood() {
    register("ann");
    Session session = logIn("ann", PASSWORD);

    for (int i = 0; i < 2; i++) {
      LogOutResponse out =
          answer(
              to ->
                  users.logOut(
                      LogOutRequest.newBuilder().setRefreshToken(session.getRefreshToken()).build(),
                      to));
      assertThat(out).isNotNull();
    }

    assertEnded(session);
  }

  @Test
  void aSessionThatIsNotUsedForAWeekHasEnded() {
    register("ann");
    Session session = logIn("ann", PASSWORD);

    clock.goes(Duration.ofDays(7));

    assertEnded(session);
  }

  Session refresh(Users users, String token) {
    return answer(
        to -> users.refresh(RefreshRequest.newBuilder().setRefreshToken(token).build(), to));
  }

  private void assertEnded(Session session) {
    assertThatThrownBy(() -> refresh(users, session.getRefreshToken()))
        .hasMessage("UNAUTHENTICATED: the session has ended; log in again");
  }
}
