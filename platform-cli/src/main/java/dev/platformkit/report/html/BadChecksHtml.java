package dev.platformkit.report.html;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Check;
import dev.platformkit.verify.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What has to be mended, each with the way of its signal up to where it broke. */
final class BadChecksHtml {
  private final Html html;

  BadChecksHtml(Html html) {
    this.html = requireNonNull(html, "html is null");
  }

  static boolean isBad(Check check) {
    return check.verdict() == Verdict.FAIL || check.verdict() == Verdict.INCONCLUSIVE;
  }

  /** Adds the section where something is bad, a container that does not run before all else. */
  void add(List<Check> checks) {
    List<Check> failed =
        checks.stream()
            .filter(c -> c.verdict() == Verdict.FAIL)
            .sorted(Comparator.comparing(c -> !c.id().equals("platform/containers")))
            .toList();
    Map<String, List<Check>> unknown =
        checks.stream()
            .filter(c -> c.verdict() == Verdict.INCONCLUSIVE)
            .collect(
                Collectors.groupingBy(Check::observed, LinkedHashMap::new, Collectors.toList()));
    if (failed.isEmpty() && unknown.isEmpty()) {
      return;
    }
    html.open("section", "id", "bad", "class", "bad", "aria-labelledby", "bad-title");
    html.element("h2", "What to mend", "id", "bad-title");
    int number = 0;
    for (Check check : failed) {
      number++;
      one(check, "bad-" + number);
    }
    for (List<Check> of : unknown.values()) {
      number++;
      if (of.size() == 1) {
        one(of.get(0), "bad-" + number);
      } else {
        many(of, "bad-" + number);
      }
    }
    html.close();
  }

  private void one(Check check, String anchor) {
    html.open(
        "article",
        "id",
        anchor,
        "class",
        check.verdict().word(),
        "aria-labelledby",
        anchor + "-title");
    html.open("h3", "id", anchor + "-title");
    Words.verdict(html, check.verdict(), false);
    html.text(" ").element("code", check.id()).text(" · " + check.subject());
    check
        .hop()
        .ifPresent(
            hop ->
                html.open("span", "class", "broken-link")
                    .text(" broken link: ")
                    .element("span", hop.replace(" -> ", " → "), "class", "hop")
                    .close());
    html.close();
    html.open("dl", "class", "told");
    html.element("dt", "Expected").element("dd", check.expected());
    html.element("dt", "Observed").element("dd", check.observed());
    if (!check.way().hops().isEmpty()) {
      html.element("dt", "Way").open("dd");
      new WayHtml(html).chain(check.way());
      html.close();
    }
    if (!check.details().isEmpty()) {
      html.element("dt", "Details").open("dd").open("ul", "class", "details");
      check.details().forEach(line -> html.element("li", line.strip()));
      html.close().close();
    }
    links(check);
    html.close().close();
  }

  /** One reason for which many things cannot be known is told once. */
  private void many(List<Check> checks, String anchor) {
    html.open(
        "article", "id", anchor, "class", "inconclusive", "aria-labelledby", anchor + "-title");
    html.open("h3", "id", anchor + "-title");
    Words.verdict(html, Verdict.INCONCLUSIVE, false);
    html.text(" " + checks.size() + " checks could not be judged").close();
    html.open("dl", "class", "told");
    html.element("dt", "Observed").element("dd", checks.get(0).observed());
    html.element("dt", "Of").open("dd").open("ul", "class", "details");
    for (Check check : checks) {
      html.open("li").element("code", check.id()).text(" " + check.subject());
      html.element("span", " " + check.expected(), "class", "faint").close();
    }
    html.close().close().close().close();
  }

  private void links(Check check) {
    if (check.links().isEmpty()) {
      return;
    }
    html.element("dt", "Look").open("dd").open("ul", "class", "links");
    for (String link : check.links()) {
      html.open("li");
      if (link.startsWith("http://") || link.startsWith("https://")) {
        html.element("a", link, "href", link, "rel", "noreferrer");
      } else {
        html.element("code", link);
      }
      html.close();
    }
    html.close().close();
  }
}
