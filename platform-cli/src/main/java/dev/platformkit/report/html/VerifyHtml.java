package dev.platformkit.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.report.VerifyGroups;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Evidence.JourneyEvidence;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run of verify as one HTML page that asks nobody for anything: no script, no font, no image from
 * elsewhere. What has to be mended stands first, what it was judged by below.
 */
public final class VerifyHtml {
  private static final String ICON =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
          + "%3Ccircle cx='8' cy='8' r='8' fill='COLOUR'/%3E%3C/svg%3E";

  private final Html html = new Html();
  private final Evidence evidence;
  private final Map<String, List<Check>> groups;

  private VerifyHtml(Evidence evidence) {
    this.evidence = evidence;
    this.groups = VerifyGroups.of(evidence);
  }

  /** The page. */
  public static String of(Evidence evidence) {
    return new VerifyHtml(evidence).page();
  }

  private String page() {
    html.open("html", "lang", "en").open("head");
    head();
    html.close().open("body");
    html.element("a", "Skip to the results", "class", "skip", "href", "#results");
    header();
    html.open("main", "id", "results", "tabindex", "-1");
    new BadChecksHtml(html).add(evidence.checks());
    for (JourneyEvidence journey : evidence.journeys()) {
      new JourneyHtml(html, journey, groups.get(journey.name())).add();
    }
    platform();
    images();
    configs();
    html.close();
    footer();
    return html.close().close().page();
  }

  private void head() {
    html.open("meta", "charset", "utf-8");
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.open("meta", "name", "color-scheme", "content", "light dark");
    html.open(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    html.element("title", "%s: %s (%s)".formatted(headline(), name(), evidence.nonce()));
    String colour =
        switch (evidence.verdict()) {
          case PASS, PARTIAL, SKIP -> "%231a7f37";
          case INCONCLUSIVE -> "%239a6700";
          case FAIL -> "%23b42318";
        };
    html.open("link", "rel", "icon", "href", ICON.replace("COLOUR", colour));
    html.style(css());
  }

  private String name() {
    return "verify of " + evidence.platform().name();
  }

  /** The verdict in a sentence. */
  private String headline() {
    int all = evidence.checks().size();
    long failed = evidence.count(Verdict.FAIL);
    long unknown = evidence.count(Verdict.INCONCLUSIVE);
    return switch (evidence.verdict()) {
      case PASS -> "All %s passed".formatted(Words.plural(all, "check"));
      case PARTIAL, SKIP ->
          "%d of %s passed, %d left out"
              .formatted(
                  evidence.count(Verdict.PASS),
                  Words.plural(all, "check"),
                  evidence.count(Verdict.SKIP));
      case INCONCLUSIVE ->
          "%d of %s could not be judged".formatted(unknown, Words.plural(all, "check"));
      case FAIL -> "%d of %s failed".formatted(failed, Words.plural(all, "check"));
    };
  }

  private void header() {
    html.open("header", "class", "page " + evidence.verdict().word());
    html.open("p", "class", "of")
        .text("platform verify")
        .element("span", " · ", "aria-hidden", "true")
        .element("strong", evidence.platform().name())
        .close();
    html.open("h1");
    html.element(
        "span", Words.symbol(evidence.verdict()), "class", "symbol", "aria-hidden", "true");
    html.element("span", evidence.verdict().word(), "class", "word").text(" ");
    html.element("span", headline(), "class", "headline").close();
    html.open("dl", "class", "facts");
    fact("Started", () -> Words.dayAndTime(html, evidence.started()));
    fact("Took", () -> html.text(Words.took(evidence.took())));
    fact("Run", () -> html.element("code", evidence.nonce()));
    fact("Passed", () -> html.text(Long.toString(evidence.count(Verdict.PASS))));
    fact("Failed", () -> html.text(Long.toString(evidence.count(Verdict.FAIL))));
    fact("Inconclusive", () -> html.text(Long.toString(evidence.count(Verdict.INCONCLUSIVE))));
    fact("Left out", () -> html.text(Long.toString(evidence.count(Verdict.SKIP))));
    html.close();
    leftOut();
    contents();
    html.close();
  }

  /** Why a run is only partial belongs on the first screen. */
  private void leftOut() {
    List<Check> skipped =
        evidence.checks().stream().filter(check -> check.verdict() == Verdict.SKIP).toList();
    if (skipped.isEmpty()) {
      return;
    }
    html.open("ul", "class", "left-out", "aria-label", "Left out");
    skipped.stream().map(Check::observed).distinct().forEach(why -> html.element("li", "· " + why));
    html.close();
  }

  private void fact(String name, Runnable value) {
    html.open("div").element("dt", name).open("dd");
    value.run();
    html.close().close();
  }

  private void contents() {
    html.open("nav", "aria-label", "On this page").open("ul");
    if (evidence.checks().stream().anyMatch(BadChecksHtml::isBad)) {
      entry("#bad", "What to mend", List.of());
    }
    for (JourneyEvidence journey : evidence.journeys()) {
      entry("#" + JourneyHtml.anchor(journey), journey.name(), groups.get(journey.name()));
    }
    entry("#platform", "Platform", groups.get(VerifyGroups.PLATFORM));
    entry("#images", "Images", List.of());
    entry("#configuration", "Configuration", List.of());
    html.close().close();
  }

  private void entry(String href, String name, List<Check> of) {
    html.open("li").open("a", "href", href).text(name);
    if (!of.isEmpty()) {
      html.text(" ");
      Words.verdict(html, Verdict.of(of.stream().map(Check::verdict).toList()), false);
    }
    html.close().close();
  }

  private void platform() {
    List<Check> checks = groups.get(VerifyGroups.PLATFORM);
    if (checks.isEmpty()) {
      return;
    }
    html.open("section", "id", "platform", "aria-labelledby", "platform-title");
    html.element("h2", "The platform itself", "id", "platform-title");
    new CheckTableHtml(html).byKind("Checks of the platform, by kind", checks);
    html.close();
  }

  private void images() {
    html.open("section", "id", "images", "aria-labelledby", "images-title");
    html.element("h2", "Images", "id", "images-title");
    html.open("table", "class", "plain");
    html.element("caption", "What each service ran from");
    columns("Service", "Image", "Content");
    html.open("tbody");
    for (Evidence.Image image : evidence.platform().images()) {
      html.open("tr").element("th", image.service(), "scope", "row");
      html.open("td").element("code", image.image()).close();
      html.open("td").element("code", shortHash(image.id()), "title", image.id()).close().close();
    }
    html.close().close().close();
  }

  private void configs() {
    Map<String, String> configs = new TreeMap<>(evidence.platform().configs());
    html.open("section", "id", "configuration", "aria-labelledby", "configuration-title");
    html.element("h2", "Configuration", "id", "configuration-title");
    html.open("details", "class", "long");
    html.element("summary", Words.plural(configs.size(), "file") + " as they were");
    html.open("table", "class", "plain");
    html.element("caption", "Configuration files and the beginning of their SHA-256");
    columns("File", "Content");
    html.open("tbody");
    configs.forEach(
        (file, hash) -> {
          html.open("tr").open("th", "scope", "row").element("code", file).close();
          html.open("td").element("code", shortHash(hash), "title", hash).close().close();
        });
    html.close().close().close().close();
  }

  private void columns(String... names) {
    html.open("thead").open("tr");
    for (String name : names) {
      html.element("th", name, "scope", "col");
    }
    html.close().close();
  }

  private void footer() {
    html.open("footer");
    html.open("p")
        .text("This page holds what was seen by the end of the run and asks no server. Again: ")
        .element("code", "platform verify --report " + evidence.nonce() + " -o html")
        .close();
    html.open("ul", "class", "legend", "aria-label", "Symbols");
    for (Verdict verdict :
        new ArrayList<>(List.of(Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.SKIP))) {
      html.open("li");
      Words.verdict(html, verdict, true);
      html.close();
    }
    html.element("li", "bars: filled where a service serves, outlined where it calls").close();
    html.close();
  }

  private static String shortHash(String hash) {
    String digits = hash.substring(hash.indexOf(':') + 1);
    return digits.length() <= 12 ? digits : digits.substring(0, 12);
  }

  private static String css() {
    try (InputStream file = VerifyHtml.class.getResourceAsStream("page.css")) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
