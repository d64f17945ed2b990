package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;

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
}
