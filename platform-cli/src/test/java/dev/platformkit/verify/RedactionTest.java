package dev.platformkit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void secretsAreTakenOutOfEveryText() {
    Redaction redaction = new Redaction();
    redaction.add("topsecret\n");
    redaction.add("topsecret-and-more");
    Check check =
        new Check(
            "a/b",
            Verdict.FAIL,
            "s",
            "no topsecret",
            "topsecret-and-more seen",
            List.of("line topsecret"),
            Way.none().broken("written", "topsecret written"),
            List.of("http://x/?q=topsecret"),
            Duration.ZERO);

    Check clean = redaction.of(check);

    assertThat(clean.toString()).doesNotContain("topsecret").contains("[redacted] seen");
  }

  @Test
  void whatIsTooShortToBeASecretIsLeftAlone() {
    Redaction redaction = new Redaction();
    redaction.add("cart");

    assertThat(redaction.of("cart is up")).isEqualTo("cart is up");
  }
}
