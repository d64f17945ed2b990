package dev.platformkit.report.html;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks as a table. */
final class CheckTableHtml {
  private final Html html;

  CheckTableHtml(Html html) {
    this.html = requireNonNull(html, "html is null");
  }

  /** The checks of many things, a group of rows for each kind. */
  void byKind(String caption, List<Check> checks) {
    head(caption, "Of");
    Map<String, List<Check>> kinds =
        checks.stream()
            .collect(Collectors.groupingBy(Check::id, LinkedHashMap::new, Collectors.toList()));
    kinds.forEach(
        (id, of) -> {
          html.open("tbody").open("tr", "class", "kind");
          html.open("th", "scope", "rowgroup", "colspan", "5").element("code", id);
          html.element("span", " " + Words.plural(of.size(), "check"), "class", "faint");
          html.close().close();
          for (Check check : of) {
            row(check, () -> html.element("th", check.subject(), "scope", "row"));
          }
          html.close();
        });
    html.close();
  }

  /** The checks of one thing. */
  void ofOne(String caption, List<Check> checks) {
    head(caption, "Proof");
    html.open("tbody");
    for (Check check : checks) {
      row(check, () -> html.open("th", "scope", "row").element("code", check.id()).close());
    }
    html.close().close();
  }

  private void head(String caption, String first) {
    html.open("table", "class", "checks");
    html.element("caption", caption);
    html.open("thead").open("tr");
    html.element("th", first, "scope", "col").element("th", "Verdict", "scope", "col");
    html.element("th", "Observed", "scope", "col").element("th", "Expected", "scope", "col");
    html.element("th", "Took", "scope", "col", "class", "number").close().close();
  }

  private void row(Check check, Runnable first) {
    html.open("tr", "class", check.verdict().word());
    first.run();
    html.open("td", "class", "is");
    Words.verdict(html, check.verdict(), true);
    html.close().open("td", "class", "observed").text(check.observed());
    if (!check.way().hops().isEmpty()) {
      html.text(" ");
      new WayHtml(html).line(check.way());
    }
    html.close().element("td", check.expected(), "class", "expected");
    html.element("td", Words.took(check.took()), "class", "number").close();
  }
}
