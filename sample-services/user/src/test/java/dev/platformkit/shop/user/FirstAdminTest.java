package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.user.v1.RefreshRequest;
import dev.platformkit.shop.user.v1.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstAdminTest extends UsersFixture {
  @TempDir Path folder;

  @Test
  void theFirstAdminHasTheRoleAndThePasswordThatIsTheSecretNow() throws IOException {
    exists("first secret\n");
    assertThat(tokens.check(logIn("admin", "first secret").getToken()).admin()).isTrue();

    exists("second secret\n");

    assertThat(tokens.check(logIn("admin", "second secret").getToken()).admin()).isTrue();
    assertThatThrownBy(() -> logIn("admin", "first secret"))
        .hasMessageStartingWith("UNAUTHENTICATED");
    assertThat(kept.accounts).hasSize(1);
  }

  @Test
  void aStartThatChangesNothingEndsNoSession() throws IOException {
    exists("first secret");
    Session session = logIn("admin", "first secret");

    exists("first secret");

    assertThat(refresh(session).getToken()).isNotEmpty();
  }

  @Test
  void whoeverHadTheNameBeforeDoesNotGetTheRole() throws IOException {
    register("Admin");
    Session before = logIn("admin", PASSWORD);

    exists("first secret");

    assertThatThrownBy(() -> refresh(before)).hasMessageContaining("the session has ended");
    assertThatThrownBy(() -> logIn("admin", PASSWORD)).hasMessageStartingWith("UNAUTHENTICATED");
  }

  @Test
  void aFileThatHoldsNoPasswordIsRefusedWithoutTellingWhatItHolds() {
    for (String none : List.of("", "\n", "seven77", "x".repeat(257))) {
      assertThatThrownBy(() -> exists(none))
          .as(none)
          .hasMessageContaining("has not 8 to 256 characters")
          .hasMessageContaining(folder.toString())
          .hasMessageNotContaining("seven77");
    }
    assertThat(kept.accounts).isEmpty();
  }

  private void exists(String secret) throws IOException {
    Path file = Files.writeString(folder.resolve("admin-password"), secret);
    FirstAdmin.exists(kept, new Passwords(4), file);
  }

  private Session refresh(Session session) {
    return answer(
        to ->
            users.refresh(
                RefreshRequest.newBuilder().setRefreshToken(session.getRefreshToken()).build(),
                to));
  }
}
