package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.auth.AccessTokens;
import dev.platformkit.shop.user.v1.Key;
import dev.platformkit.shop.user.v1.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeysTest extends UsersFixture {
  @Test
  void aNewKeyLogsNobodyOut() {
    register("ann");
    Session before = logIn("ann", PASSWORD);

    String key = keys.rotate();

    assertThat(keys.published().get(0).getKid()).isEqualTo(key);
    assertThat(keys.published()).hasSize(2);
    assertThat(tokens.check(before.getToken()).name()).isEqualTo("ann");
    assertThat(tokens.check(logIn("ann", PASSWORD).getToken()).name()).isEqualTo("ann");
  }

  @Test
  void aKeyIsPublishedUntilWhatItSignedHasExpired() {
    register("ann");
    logIn("ann", PASSWORD);
    keys.rotate();

    clock.goes(Duration.ofMinutes(10));
    assertThat(keys.published()).hasSize(2);

    clock.goes(Duration.ofMinutes(2));
    assertThat(keys.published()).hasSize(1);
  }

  @Test
  void anotherInstanceKnowsANewKeyAtOnceAndSignsWithItWithinSeconds() {
    register("ann");
    SigningKeys other = new SigningKeys(kept, clock);
    AccessTokens checks = new AccessTokens(other, clock);
    String before = other.published().get(0).getKid();
    clock.goes(Duration.ofSeconds(1));

    String key = keys.rotate();

    assertThat(other.published().get(0).getKid()).isEqualTo(key);
    assertThat(checks.check(logIn("ann", PASSWORD).getToken()).name()).isEqualTo("ann");
    assertThat(before).isNotEqualTo(key);
    clock.goes(Duration.ofSeconds(5));
    assertThat(tokens.check(other.token(kept.named("ann").orElseThrow(), clock.instant())).name())
        .isEqualTo("ann");
  }

  @Test
  void aKeyThatIsNotKnownIsLookedForInWhatOthersHaveAdded() {
    register("ann");
    SigningKeys other = new SigningKeys(kept, clock);
    AccessTokens checks = new AccessTokens(other, clock);
    checks.check(logIn("ann", PASSWORD).getToken());
    clock.goes(Duration.ofSeconds(1));
    keys.rotate();

    assertThat(checks.check(logIn("ann", PASSWORD).getToken()).name()).isEqualTo("ann");
  }

  @Test
  void keysThatSomebodyMadeUpAreNotLookedForEachTime() {
    keys.published();
    clock.goes(Duration.ofSeconds(1));
    int before = kept.looks;

    for (int i = 0; i < 100; i++) {
      assertThat(keys.find("made up " + i)).isEmpty();
    }

    assertThat(kept.looks).isEqualTo(before + 1);
  }

  @Test
  void aClockThatIsBehindDoesNotKeepANewKeyFromSigning() {
    clock.goes(Duration.ofMinutes(1));
    keys.rotate();
    clock.goes(Duration.ofMinutes(-1));

    String key = keys.rotate();

    assertThat(keys.published()).extracting(Key::getKid).startsWith(key);
  }

  @Test
  void whoIsSignedInStaysSoWhileTheDatabaseDoesNotAnswer() {
    register("ann");
    Session session = logIn("ann", PASSWORD);
    List<Key> published = keys.published();
    clock.goes(Duration.ofSeconds(30));

    kept.answers = false;

    assertThat(tokens.check(session.getToken()).name()).isEqualTo("ann");
    assertThat(keys.published()).isEqualTo(published);
    assertThatThrownBy(() -> new SigningKeys(kept, clock).published())
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void theAgeOfTheKeyIsToldFromTheStartAndWithoutLooking() {
    assertThat(age()).isZero();
    metrics.keyAge(keys::age);
    assertThat(age()).isZero();
    assertThat(kept.looks).isZero();

    clock.goes(Duration.ofSeconds(1));
    keys.rotate();
    keys.published();
    clock.goes(Duration.ofSeconds(90));

    assertThat(age()).isEqualTo(90);
  }

  @Test
  void noPrivatePartIsPublishedNorShown() {
    String shown = kept.all().toString() + keys.published();

    assertThat(shown).doesNotContain(kept.all().get(0).key().getD().toString());
  }

  private double age() {
    return count("user_signing_key_age_seconds");
  }
}
