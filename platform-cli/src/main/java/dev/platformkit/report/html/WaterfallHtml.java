package dev.platformkit.report.html;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Exhibits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A trace as a table whose last column is the waterfall: what its bars show stands in the other
 * columns as words and numbers, so nothing of it is lost without eyes or colour.
 */
final class WaterfallHtml {
  private static final int COLOURS = 6;
  private static final int DEEPEST = 12;

  private final Html html;
  private final List<String> services;

  /**
   * Waterfalls of one journey.
   *
   * @param services in the order of their colours
   */
  WaterfallHtml(Html html, List<String> services) {
    this.html = requireNonNull(html, "html is null");
    this.services = List.copyOf(services);
  }

  void add(Exhibits.Trace trace, String announced, String anchor) {
    Waterfall waterfall = Waterfall.of(trace, announced);
    html.element("h3", "Trace of " + trace.step(), "id", anchor);
    if (waterfall.rows().isEmpty()) {
      html.open("p").text("No span of trace ").element("code", trace.traceId());
      html.text(" was stored.").close();
      return;
    }
    html.open("table", "class", "waterfall");
    html.open("caption")
        .text(
            "%s of %s in %s ms, trace "
                .formatted(
                    Words.plural(waterfall.rows().size(), "span"),
                    Words.plural(waterfall.services(), "service"),
                    Words.millis(waterfall.took())))
        .element("code", trace.traceId())
        .close();
    html.open("thead").open("tr");
    html.element("th", "Service", "scope", "col").element("th", "Span", "scope", "col");
    html.element("th", "Start, ms", "scope", "col", "class", "number");
    html.element("th", "Took, ms", "scope", "col", "class", "number");
    html.open("td", "class", "axis", "aria-hidden", "true");
    axis(waterfall.took());
    html.close().close().close().open("tbody");
    waterfall.rows().forEach(this::row);
    html.close().close();
  }

  private void axis(Duration whole) {
    for (int quarter = 0; quarter <= 4; quarter++) {
      html.element(
          "span", Words.tick(whole.multipliedBy(quarter).dividedBy(4)), "class", "q" + quarter);
    }
  }

  private void row(Waterfall.Row row) {
    Exhibits.Span span = row.span();
    String colour = "c" + Math.max(0, services.indexOf(span.service())) % COLOURS;
    html.open("tr", "class", colour + (span.error() ? " error" : ""));
    html.open("td", "class", "service").text(span.service()).close();
    html.open("th", "scope", "row", "style", "--depth:" + Math.min(row.depth(), DEEPEST));
    html.element("span", "level " + (row.depth() + 1) + ": ", "class", "heard");
    html.text(span.name()).element("span", " " + span.kind(), "class", "faint");
    if (span.error()) {
      html.element("strong", " ✗ error", "class", "flag");
    }
    if (row.orphan()) {
      html.element("strong", " ✗ parent missing", "class", "flag");
    }
    html.close();
    html.element("td", Words.millis(row.offset()), "class", "number start");
    html.element("td", Words.millis(span.took()), "class", "number took");
    html.open("td", "class", "time", "aria-hidden", "true");
    html.element(
        "span",
        "",
        "class",
        "bar " + Words.anchor(span.kind()),
        "style",
        String.format(Locale.ROOT, "left:%.2f%%;width:%.2f%%", row.left(), row.width()));
    html.close().close();
  }
}
