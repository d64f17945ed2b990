package dev.platformkit.it;

import static dev.platformkit.it.RunningPlatform.container;
import static dev.platformkit.it.RunningPlatform.docker;
import static dev.platformkit.it.RunningPlatform.platform;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.platformkit.it.Browser.Spoken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a good run and of one whose log lines are lost, in a real browser. */
@ExtendWith(RunningPlatform.class)
class ReportIT {
  private static final Path PAGES = Cli.ROOT.resolve("it-tests/target/pages");

  /** What reaches beyond the window's edge, the hidden text for screen readers left out. */
  private static final String TOO_WIDE =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.heard, .skip, thead'))
        .filter(e => e.getClientRects().length > 0)
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                  || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden')
        .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 60))
      """;

  private static Browser browser;
  private static Cli.Result compared;

  @BeforeAll
  static void twoRuns() throws IOException {
    Files.createDirectories(PAGES);
    String image = BrowserImage.built();
    verify("good.html"); // that it is good is VerifyIT's to say
    docker().stopContainerCmd(container("filebeat")).withTimeout(2).exec();
    Cli.Result bad = verify("bad.html");
    RunningPlatform.up();
    assertThat(bad.exit()).as(bad.toString()).isEqualTo(1);
    compared = platform("verify", "--compare", "previous", "last", "-o", "json");
    browser = Browser.open(image, PAGES);
  }

  private static Cli.Result verify(String page) {
    return platform("verify", "-o", "html", "--output-file", PAGES.resolve(page).toString());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"good.html", "bad.html"})
  void asksNobodyForAnything(String page) {
    browser.show("screen", 1280, 900);
    browser.go(page);

    assertThat(browser.events("Network.requestWillBeSent"))
        .extracting(event -> event.at("/request/url").asText())
        .allMatch(url -> url.equals("file:///pages/" + page) || url.startsWith("data:"));
    assertThat(browser.events("Log.entryAdded")).isEmpty();
    assertThat(browser.events("Runtime.consoleAPICalled")).isEmpty();
    assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
  }

  /** What the other tests find nothing of is found where it is. */
  @Test
  void aPageThatIsTooWideAndAsksOthersIsNoticed() throws IOException {
    Files.writeString(
        PAGES.resolve("faulty.html"),
        """
        <!doctype html><title>faulty</title><div class=wide style="width:500px">wide</div>
        <img src="http://127.0.0.1:9/x.png"><script>nothing.there()</script>
        """);
    browser.show("screen", 360, 900);
    browser.go("faulty.html");

    assertThat(browser.events("Network.requestWillBeSent"))
        .extracting(event -> event.at("/request/url").asText())
        .contains("http://127.0.0.1:9/x.png");
    assertThat(browser.events("Runtime.exceptionThrown")).hasSize(1);
    assertThat(browser.value("document.documentElement.scrollWidth").asInt()).isGreaterThan(360);
    assertThat(browser.value(TOO_WIDE).toString()).contains("DIV.wide");
  }

  @ParameterizedTest
  @CsvSource({
    "good.html, screen, 360",
    "bad.html, screen, 360",
    "bad.html, screen, 800",
    "bad.html, screen, 1280",
    "good.html, print, 680",
    "bad.html, print, 680"
  })
  void nothingIsCutOff(String page, String media, int width) {
    browser.show(media, width, 900);
    browser.go(page);

    assertThat(browser.value("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.value(TOO_WIDE)).as("on %s of %d", media, width).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1280})
  void aScreenReaderIsToldOfHeadingsLandmarksAndTables(int width) {
    browser.show("screen", width, 900);
    browser.go("good.html");
    List<Spoken> spoken = browser.spoken();

    assertThat(of(spoken, "banner", "main", "contentinfo", "navigation"))
        .extracting(Spoken::role)
        .containsExactly("banner", "navigation", "main", "contentinfo");
    List<Spoken> headings = of(spoken, "heading");
    assertThat(headings.get(0).level()).isEqualTo(1);
    int level = 0;
    for (Spoken heading : headings) {
      assertThat(heading.level()).as(heading.toString()).isLessThanOrEqualTo(level + 1);
      level = heading.level();
    }
    assertThat(headings)
        .extracting(Spoken::name)
        .contains("Trace of view-cart", "Log lines", "Metrics", "The platform itself");
    assertThat(of(spoken, "table"))
        .extracting(Spoken::name)
        .allMatch(name -> !name.isBlank())
        .anyMatch(name -> name.matches("12 spans of 5 services in [0-9.]+ ms, trace [0-9a-f]{32}"))
        .anyMatch(name -> name.matches("\\d+ lines in their order"));
    assertThat(of(spoken, "columnheader")).extracting(Spoken::name).contains("Start, ms", "Rise");
    assertThat(of(spoken, "rowheader"))
        .extracting(Spoken::name)
        .anyMatch(name -> name.startsWith("level 2: shop."));
  }

  @Test
  void theBrokenLinkIsMarkedAndReachableByItsName() {
    browser.show("screen", 1280, 900);
    browser.go("bad.html");
    List<Spoken> spoken = browser.spoken();

    assertThat(of(spoken, "heading"))
        .extracting(Spoken::name)
        .contains("failed logs/exact · shopping broken link: written → collected");
    assertThat(of(spoken, "article", "region"))
        .extracting(Spoken::name)
        .contains("What to mend", "failed logs/exact · shopping broken link: written → collected");
    JsonNode first = browser.value("document.querySelector('.way .first').innerText");
    assertThat(first.asText()).contains("collected").contains("broken here");
    assertThat(browser.value("document.querySelector('#bad').getBoundingClientRect().top").asInt())
        .as("on the first screen")
        .isLessThan(900);
    assertThat(browser.value("document.querySelectorAll('.lines tr.missing').length").asInt())
        .isPositive();
  }

  @Test
  void withoutColourNothingIsLost() {
    browser.show("screen", 1280, 900);
    browser.go("bad.html");

    assertThat(texts(".checks tr.fail .is")).isNotEmpty().allMatch(text -> text.contains("failed"));
    assertThat(texts(".lines tr.missing .store"))
        .isNotEmpty()
        .allMatch(text -> text.contains("missing"));
  }

  @Test
  void onPaperAddressesAndWholeTablesAreShown() {
    browser.show("print", 680, 900);
    browser.go("bad.html");

    assertThat(texts("a[href^=http]")).isNotEmpty().allMatch(text -> text.startsWith("http"));
    assertThat(
            browser
                .value(
                    "document.querySelector('#configuration table').getBoundingClientRect().height")
                .asInt())
        .isPositive();
  }

  @Test
  void theRunThatLostLinesIsWorseThanTheOneBefore() {
    assertThat(compared.exit()).as(compared.toString()).isEqualTo(1);
    List<String> worse = new ArrayList<>();
    for (JsonNode check : compared.json().path("checks")) {
      if (check.path("change").asText().equals("worse")) {
        worse.add(check.path("id").asText() + " " + check.path("hop").asText());
      }
    }
    assertThat(worse).contains("logs/exact written -> collected");
  }

  private static List<Spoken> of(List<Spoken> spoken, String... roles) {
    return spoken.stream().filter(node -> List.of(roles).contains(node.role())).toList();
  }

  private static List<String> texts(String selector) {
    List<String> texts = new ArrayList<>();
    browser
        .value("[...document.querySelectorAll('" + selector + "')].map(e => e.innerText)")
        .forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
