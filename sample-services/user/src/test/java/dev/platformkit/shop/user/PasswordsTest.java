package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  /** As cheap as bcrypt gets: it is the form that is tested, not how long it takes. */
  private final Passwords passwords = new Passwords(4);

  @Test
  void aPasswordMatchesItsHash() {
    String hash = passwords.hash("correct horse");

    assertThat(passwords.matches("correct horse", hash)).isTrue();
    assertThat(passwords.matches("correct house", hash)).isFalse();
  }

  @Test
  void aHashDoesNotShowThePasswordNorThatTwoAreTheSame() {
    assertThat(passwords.hash("correct horse"))
        .doesNotContain("correct")
        .isNotEqualTo(passwords.hash("correct horse"));
  }

  @Test
  void whatComesAfterTheLengthThatBcryptReadsCountsToo() {
    String long1 = "x".repeat(80) + "1";
    String long2 = "x".repeat(80) + "2";

    assertThat(passwords.matches(long2, passwords.hash(long1))).isFalse();
    assertThat(passwords.matches(long1, passwords.hash(long1))).isTrue();
  }

  @Test
  void hashesOfAnotherCostStillMatch() {
    assertThat(passwords.matches("correct horse", new Passwords(5).hash("correct horse"))).isTrue();
  }

  @Test
  void productionsCostIsTheOneWhereNoneIsGiven() {
    assertThat(Passwords.atCost(Optional.empty()).hash("x")).startsWith("$2b$10$");
    assertThat(Passwords.atCost(Optional.of("6")).hash("x")).startsWith("$2b$06$");
  }

  @Test
  void aCostThatIsNoneIsRefused() {
    for (String none : List.of("", "ten", "3", "99", "-8")) {
      assertThatThrownBy(() -> Passwords.atCost(Optional.of(none)))
          .as(none)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("PASSWORD_COST");
    }
  }
}
