package dev.platformkit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.verify.Comparison.CheckChange;
import dev.platformkit.verify.Comparison.Kind;
import dev.platformkit.verify.Evidence.JourneyEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static final Way COLLECTED = Way.none().reached("written", "").broken("collected", "");
  private static final Way WRITTEN = Way.none().broken("written", "");

  @Test
  void betweenTwoRunsThatWereJudgedAlikeNothingChanged() {
    Comparison comparison =
        Comparison.of(
            run(check("a/b", "x", Verdict.PASS), check("a/b", "y", Verdict.FAIL)),
            run(check("a/b", "y", Verdict.FAIL), check("a/b", "x", Verdict.PASS)));

    assertThat(comparison.isNothing()).isTrue();
    assertThat(comparison.isWorse()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "PASS, FAIL, WORSE",
    "PASS, INCONCLUSIVE, WORSE",
    "SKIP, FAIL, WORSE",
    "INCONCLUSIVE, FAIL, WORSE",
    "FAIL, INCONCLUSIVE, CHANGED",
    "FAIL, PASS, BETTER",
    "INCONCLUSIVE, PASS, BETTER",
    "FAIL, SKIP, BETTER",
    "PASS, SKIP, CHANGED",
    "SKIP, PASS, CHANGED"
  })
  void aCheckThatWasJudgedOtherwise(Verdict before, Verdict after, Kind kind) {
    Comparison comparison =
        Comparison.of(run(check("a/b", "x", before)), run(check("a/b", "x", after)));

    assertThat(comparison.checks()).extracting(CheckChange::kind).containsExactly(kind);
    assertThat(comparison.isWorse()).isEqualTo(kind == Kind.WORSE);
  }

  @Test
  void aNewCheckIsWorseWhereItIsBad() {
    Comparison comparison =
        Comparison.of(run(), run(check("a/b", "x", Verdict.PASS), check("a/b", "y", Verdict.FAIL)));

    assertThat(comparison.checks())
        .extracting(CheckChange::kind)
        .containsExactly(Kind.WORSE, Kind.APPEARED);
  }

  @Test
  void aCheckThatIsGoneIsTold() {
    Comparison comparison = Comparison.of(run(check("a/b", "x", Verdict.PASS)), run());

    assertThat(comparison.checks()).extracting(CheckChange::kind).containsExactly(Kind.GONE);
    assertThat(comparison.checks().get(0).check().subject()).isEqualTo("x");
  }

  @Test
  void aCheckThatIsBrokenAtAnotherHopIsTold() {
    Comparison comparison =
        Comparison.of(
            run(check("a/b", "x", Verdict.FAIL, "e", WRITTEN)),
            run(check("a/b", "x", Verdict.FAIL, "e", COLLECTED)));

    assertThat(comparison.checks()).extracting(CheckChange::kind).containsExactly(Kind.CHANGED);
  }

  @Test
  void checksOfOneKindAndSubjectAreToldApartByWhatTheyExpect() {
    Comparison comparison =
        Comparison.of(
            run(
                check("metrics/rise", "x", Verdict.PASS, "a rises", Way.none()),
                check("metrics/rise", "x", Verdict.FAIL, "b rises", Way.none())),
            run(
                check("metrics/rise", "x", Verdict.FAIL, "b rises", Way.none()),
                check("metrics/rise", "x", Verdict.PASS, "a rises", Way.none())));

    assertThat(comparison.isNothing()).isTrue();
  }

  @Test
  void aCheckWhoseExpectationChangedIsStillTheSame() {
    Comparison comparison =
        Comparison.of(
            run(check("metrics/rules", "x", Verdict.PASS, "2 rules", Way.none())),
            run(check("metrics/rules", "x", Verdict.FAIL, "3 rules", Way.none())));

    assertThat(comparison.checks()).extracting(CheckChange::kind).containsExactly(Kind.WORSE);
  }

  @Test
  void equalChecksAreComparedOneByOne() {
    Check pass = check("a/b", "x", Verdict.PASS);
    Comparison comparison =
        Comparison.of(run(pass, pass), run(pass, check("a/b", "x", Verdict.FAIL)));

    assertThat(comparison.checks()).extracting(CheckChange::kind).containsExactly(Kind.WORSE);
  }

  @Test
  void equalChecksAreAsManyAsTheyAre() {
    Check pass = check("a/b", "x", Verdict.PASS);
    Check fail = check("a/b", "x", Verdict.FAIL);

    assertThat(Comparison.of(run(pass, pass, pass), run(fail, fail, fail)).checks()).hasSize(3);
    assertThat(Comparison.of(run(pass, fail), run(fail, pass)).isNothing()).isTrue();
  }

  @Test
  void imagesAreComparedByNameAndContentAndFilesByContent() {
    Comparison comparison =
        Comparison.of(
            run(Map.of("a.yml", "1", "b.yml", "1", "gone.yml", "1"), "sha256:1"),
            run(Map.of("a.yml", "1", "b.yml", "2", "new.yml", "1"), "sha256:2"));

    assertThat(comparison.images())
        .containsExactly(
            new Comparison.Change(
                "cart", Optional.of("cart:1 sha256:1"), Optional.of("cart:1 sha256:2")));
    assertThat(comparison.configs())
        .extracting(Comparison.Change::name)
        .containsExactly("b.yml", "gone.yml", "new.yml");
  }

  @ParameterizedTest
  @CsvSource({"200, 400, 1", "400, 200, 1", "200, 390, 0", "20, 100, 0", "1000, 1900, 0"})
  void onlyAPaceThatAPersonWouldNoticeIsTold(int before, int after, int told) {
    assertThat(Comparison.of(paced(before), paced(after)).journeys()).hasSize(told);
  }

  private static Evidence run(Check... checks) {
    return new Evidence(
        "7f3a",
        Instant.EPOCH,
        Duration.ZERO,
        Verdict.PASS,
        new Evidence.Subject("demo", List.of(), Map.of()),
        List.of(),
        List.of(checks));
  }

  private static Evidence run(Map<String, String> configs, String image) {
    return new Evidence(
        "7f3a",
        Instant.EPOCH,
        Duration.ZERO,
        Verdict.PASS,
        new Evidence.Subject("demo", List.of(new Evidence.Image("cart", "cart:1", image)), configs),
        List.of(),
        List.of());
  }

  private static Evidence paced(int millis) {
    return new Evidence(
        "7f3a",
        Instant.EPOCH,
        Duration.ZERO,
        Verdict.PASS,
        new Evidence.Subject("demo", List.of(), Map.of()),
        List.of(
            new JourneyEvidence(
                "shopping",
                Verdict.PASS,
                "",
                Duration.ofMillis(millis),
                List.of(),
                Exhibits.none())),
        List.of());
  }

  private static Check check(String id, String subject, Verdict verdict) {
    return check(id, subject, verdict, "expected", Way.none());
  }

  private static Check check(String id, String subject, Verdict verdict, String expected, Way way) {
    return new Check(
        id, verdict, subject, expected, "seen", List.of(), way, List.of(), Duration.ZERO);
  }
}
