package dev.platformkit.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.report.Runs;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VerifyHtmlTest {
  private static final Pattern HEADING = Pattern.compile("<h([1-6])");

  @Test
  void whatFailedStandsFirstWithItsBrokenLink() {
    String page = VerifyHtml.of(failing());

    assertThat(page).contains("1 of 3 checks failed");
    assertThat(page.indexOf("What to mend")).isLessThan(page.indexOf("Trace of log-in"));
    assertThat(text(page))
        .contains("failed logs/exact · shopping broken link: written → collected")
        .contains("collected broken here none of 3")
        .contains("searchable not reached");
    assertThat(page).contains("<a href=\"http://127.0.0.1:9200/x?a=1&amp;b=2\"");
  }

  @Test
  void onlyWebAddressesAreLinks() {
    String page = VerifyHtml.of(failing());

    assertThat(page).contains("<code>javascript:alert(1)</code>");
    assertThat(page).doesNotContain("href=\"javascript");
  }

  @Test
  void logLinesCanHoldHtml() {
    String page = VerifyHtml.of(failing());

    assertThat(page).doesNotContain("<b>bought").contains("&lt;b&gt;bought&lt;/b&gt; &amp; paid");
  }

  @Test
  void aLineThatIsMissingSaysSo() {
    assertThat(text(VerifyHtml.of(failing())))
        .contains("3 lines in their order, 1 of them missing in the store")
        .containsPattern("user .*bought.* missing");
  }

  @Test
  void aWaterfallIsATableOfNumbersToo() {
    assertThat(text(VerifyHtml.of(failing())))
        .contains("3 spans of 2 services in 11.90 ms")
        .containsPattern("user level 3: shop.user.v1.UserService/LogIn server 3.00 7.00");
  }

  @Test
  void aRiseShowsBothSamplesAndTheTraceOfItsExemplar() {
    String page = VerifyHtml.of(failing());

    assertThat(text(page)).contains("calls_total{service=\"user\"} 4 5 +1 4bf92f35 log-in");
    assertThat(page).contains("<a href=\"#trace-4bf92f3577b34da6a3ce929d0e0e4736\">");
  }

  @Test
  void headingsGoDownOneLevelAtATime() {
    Matcher headings = HEADING.matcher(VerifyHtml.of(failing()));
    int level = 0;
    while (headings.find()) {
      int next = Integer.parseInt(headings.group(1));
      assertThat(next).isLessThanOrEqualTo(level + 1);
      level = next;
    }
    assertThat(level).isPositive();
  }

  @Test
  void everyAnchorThatIsLinkedIsThereOnce() {
    String page = VerifyHtml.of(failing());
    List<String> ids = found(page, " id=\"([^\"]*)\"");

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(found(page, "href=\"#([^\"]*)\""));
    assertThat(ids).containsAll(found(page, "aria-labelledby=\"([^\"]*)\""));
  }

  @Test
  void nothingIsFetchedFromAnywhere() {
    String page = VerifyHtml.of(failing());

    assertThat(page).contains("default-src 'none'");
    assertThat(found(page, "<(script|img|iframe|object|embed|video|audio|base|form)\\b")).isEmpty();
    assertThat(found(page, "(url\\(|@import|src=)")).isEmpty();
    assertThat(found(page, "<link [^>]*href=\"([^\"]{5})")).containsOnly("data:");
  }

  @Test
  void aGoodRunHasNothingToMend() {
    String page =
        VerifyHtml.of(
            Runs.run(Verdict.PASS, Runs.check("journey/steps", Verdict.PASS, "shopping", "good")));

    assertThat(page).contains("All 1 check passed").doesNotContain("id=\"bad\"");
  }

  @Test
  void aPartialRunSaysAtTheTopWhatWasLeftOut() {
    String page =
        text(
            VerifyHtml.of(
                Runs.run(
                    Verdict.PARTIAL,
                    Runs.check("journey/steps", Verdict.PASS, "shopping", "good"),
                    Runs.check("platform/left-out", Verdict.SKIP, "grafana", "grafana left out"))));

    assertThat(page).contains("✓ partial 1 of 2 checks passed, 1 left out");
    assertThat(page.indexOf("grafana left out")).isLessThan(page.indexOf("Requests in their"));
  }

  @Test
  void oneReasonForManyUnknownsIsToldOnce() {
    String page =
        VerifyHtml.of(
            Runs.run(
                Verdict.INCONCLUSIVE,
                Runs.check("metrics/targets", Verdict.INCONCLUSIVE, "cart", "no answer of it"),
                Runs.check("metrics/targets", Verdict.INCONCLUSIVE, "user", "no answer of it")));

    assertThat(page).contains("2 of 2 checks could not be judged");
    assertThat(found(page, "(<article)")).hasSize(1);
  }

  private static Evidence failing() {
    return Runs.run(
        Verdict.FAIL,
        Runs.exhibits(),
        Runs.check("journey/steps", Verdict.PASS, "shopping", "5 steps"),
        new Check(
            "logs/exact",
            Verdict.FAIL,
            "shopping",
            "every line <once>",
            "2 of 3",
            List.of("user: 0 of 1 stored"),
            Way.none()
                .reached("written", "3 lines")
                .broken("collected", "none of 3")
                .unknown("accepted", "")
                .broken("searchable", "none"),
            List.of("http://127.0.0.1:9200/x?a=1&b=2", "javascript:alert(1)"),
            Duration.ofMillis(10_020)),
        Runs.check("platform/containers", Verdict.PASS, "cart", "ready"));
  }

  /** What a reader sees of the page, its style sheet left out. */
  private static String text(String page) {
    return page.replaceAll("(?s)<style>.*?</style>", "")
        .replaceAll("<[^>]*>", " ")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .replace("{ ", "{");
  }

  private static List<String> found(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(m -> m.group(1)).toList();
  }
}
