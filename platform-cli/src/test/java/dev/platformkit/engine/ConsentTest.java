package dev.platformkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsentTest {
  private static final Console NOBODY_THERE =
      new Console(
          new PrintWriter(new StringWriter()),
          new PrintWriter(new StringWriter()),
          false,
          false,
          false,
          true,
          80);

  @Test
  void silenceIsNoConsent() {
    assertThat(Consent.of(false, Map.of(), NOBODY_THERE).to("Install?")).isFalse();
  }

  @Test
  void yesIsConsent() {
    assertThat(Consent.of(true, Map.of(), NOBODY_THERE).to("Install?")).isTrue();
  }

  @Test
  void theVariableGivesConsentForTheEngine() {
    assertThat(consent("engine").to("Install?")).isTrue();
    assertThat(consent("data, engine").to("Install?")).isTrue();
  }

  @Test
  void consentToSomethingElseIsNoneToThis() {
    assertThat(consent("data").to("Install?")).isFalse();
    assertThat(consent("engines").to("Install?")).isFalse();
  }

  private static Consent consent(String words) {
    return Consent.of(false, Map.of(Consent.VARIABLE, words), NOBODY_THERE);
  }
}
