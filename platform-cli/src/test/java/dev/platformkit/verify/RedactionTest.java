package dev.platformkit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.verify.journey.StepRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void secretsAreTakenOutOfWhateverIsKeptOfAJourney() {
    Redaction redaction = new Redaction();
    redaction.add("topsecret");
    String text = "with topsecret";
    Evidence.JourneyEvidence journey =
        new Evidence.JourneyEvidence(
            "shopping",
            Verdict.FAIL,
            "t1",
            Duration.ZERO,
            List.of(new StepRun("view", text, "t1", "s1", false, text, text, Duration.ZERO)),
            new Exhibits(
                List.of(
                    new Exhibits.Trace(
                        "view",
                        "t1",
                        List.of(
                            new Exhibits.Span(
                                "a", "b", text, text, "", Instant.EPOCH, Duration.ZERO, false)))),
                List.of(
                    new Exhibits.Line(
                        Optional.empty(),
                        "cart",
                        "demo-cart-1",
                        Optional.of(text),
                        "t1",
                        text,
                        Exhibits.InStore.STORED)),
                List.of(
                    new Exhibits.Rise(
                        text,
                        List.of(new Exhibits.Series(Map.of("label", text), 0, 1, 1)),
                        Optional.empty()))));

    assertThat(redaction.of(journey).toString())
        .doesNotContain("topsecret")
        .contains("with [redacted]");
  }

  @Test
  void whatIsTooShortToBeASecretIsLeftAlone() {
    Redaction redaction = new Redaction();
    redaction.add("cart");

    assertThat(redaction.of("cart is up")).isEqualTo("cart is up");
  }
}
