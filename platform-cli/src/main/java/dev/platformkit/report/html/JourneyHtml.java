package dev.platformkit.report.html;

import static java.util.Objects.requireNonNull;

import dev.platformkit.lifecycle.ReadableLine;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence.JourneyEvidence;
import dev.platformkit.verify.Exhibits;
import dev.platformkit.verify.Exhibits.InStore;
import dev.platformkit.verify.journey.StepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One journey: its steps, its proofs, and what they were passed on. */
final class JourneyHtml {
  private final Html html;
  private final JourneyEvidence journey;
  private final List<Check> checks;
  private final String anchor;
  private final WaterfallHtml waterfall;

  JourneyHtml(Html html, JourneyEvidence journey, List<Check> checks) {
    this.html = requireNonNull(html, "html is null");
    this.journey = requireNonNull(journey, "journey is null");
    this.checks = List.copyOf(checks);
    this.anchor = anchor(journey);
    this.waterfall = new WaterfallHtml(html, services(journey));
  }

  static String anchor(JourneyEvidence journey) {
    return "journey-" + Words.anchor(journey.name());
  }

  void add() {
    html.open("section", "id", anchor, "class", "journey", "aria-labelledby", anchor + "-title");
    html.open("h2", "id", anchor + "-title");
    Words.verdict(html, journey.verdict(), false);
    html.text(" " + journey.name()).close();
    html.open("p", "class", "sub");
    html.text(
        "%s in %s"
            .formatted(Words.plural(journey.steps().size(), "step"), Words.took(journey.took())));
    html.close();
    steps();
    html.element("h3", "Proofs");
    new CheckTableHtml(html).ofOne("What was judged of " + journey.name(), checks);
    for (Exhibits.Trace trace : journey.exhibits().traces()) {
      waterfall.add(trace, announced(trace), anchor(trace.traceId()));
    }
    lines();
    metrics();
    html.close();
  }

  private void steps() {
    if (journey.steps().isEmpty()) {
      return;
    }
    html.element("h3", "Steps");
    html.open("table", "class", "steps");
    html.element("caption", "Requests in their order, and what they were answered");
    html.open("thead").open("tr");
    for (String column : List.of("Step", "Request", "Answered", "Expected", "Trace")) {
      html.element("th", column, "scope", "col");
    }
    html.element("th", "Took", "scope", "col", "class", "number").close().close().open("tbody");
    for (StepRun step : journey.steps()) {
      html.open("tr", "class", step.good() ? "pass" : "fail");
      html.element("th", step.name(), "scope", "row");
      html.open("td").element("code", step.request()).close().open("td", "class", "observed");
      html.element("span", step.good() ? "✓ " : "✗ ", "class", "symbol", "aria-hidden", "true");
      html.element("span", step.good() ? "" : "not as expected: ", "class", "heard");
      html.text(step.observed()).close().element("td", step.expected(), "class", "expected");
      html.open("td");
      trace(step.traceId());
      html.close().element("td", Words.took(step.took()), "class", "number").close();
    }
    html.close().close();
  }

  /** A trace by its id: a link where it stands on this page. */
  private void trace(String traceId) {
    boolean shown = journey.exhibits().traces().stream().anyMatch(t -> t.traceId().equals(traceId));
    if (shown) {
      html.open("a", "href", "#" + anchor(traceId));
    }
    html.element("code", Words.brief(traceId), "title", traceId);
    if (shown) {
      html.close();
    }
  }

  private String anchor(String traceId) {
    return "trace-" + Words.anchor(traceId);
  }

  private String announced(Exhibits.Trace trace) {
    return journey.steps().stream()
        .filter(step -> step.traceId().equals(trace.traceId()))
        .map(StepRun::spanId)
        .findFirst()
        .orElse("");
  }

  private void lines() {
    List<Exhibits.Line> lines = journey.exhibits().lines();
    if (lines.isEmpty()) {
      return;
    }
    long missing = journey.exhibits().count(List.of(InStore.MISSING));
    html.element("h3", "Log lines");
    html.open("table", "class", "lines");
    html.element(
        "caption",
        "%s in their order%s"
            .formatted(
                Words.plural(lines.size(), "line"),
                missing == 0 ? "" : ", " + missing + " of them missing in the store"));
    html.open("thead").open("tr");
    for (String column : List.of("Time", "Step", "Service", "Level", "Line", "In the store")) {
      html.element("th", column, "scope", "col");
    }
    html.close().close().open("tbody");
    lines.forEach(this::line);
    html.close().close();
  }

  private void line(Exhibits.Line line) {
    String store = line.inStore().name().toLowerCase(Locale.ROOT);
    html.open("tr", "class", store).open("td", "class", "time");
    line.time().ifPresent(time -> Words.time(html, time));
    html.close().element("td", step(line.traceId()), "class", "step");
    html.element("td", line.service(), "class", "service");
    String level = line.level().orElse("").toUpperCase(Locale.ROOT);
    html.element("td", level, "class", "level " + Words.anchor(level.toLowerCase(Locale.ROOT)));
    html.open("td", "class", "text");
    String message = ReadableLine.of(line.text()).text().replace("  trace=" + line.traceId(), "");
    html.element("span", message, "dir", "auto");
    if (!message.equals(line.text())) {
      html.open("details", "class", "raw").element("summary", "as written");
      html.element("code", line.text(), "dir", "auto").close();
    }
    html.close().open("td", "class", "store");
    String symbol =
        line.inStore() == InStore.STORED ? "✓" : line.inStore() == InStore.UNKNOWN ? "◌" : "✗";
    html.element("span", symbol + " ", "class", "symbol", "aria-hidden", "true");
    html.text(store(line.inStore())).close().close();
  }

  private String step(String traceId) {
    return journey.steps().stream()
        .filter(step -> step.traceId().equals(traceId))
        .map(StepRun::name)
        .findFirst()
        .orElse("");
  }

  private static String store(InStore is) {
    return switch (is) {
      case STORED -> "stored";
      case MISSING -> "missing";
      case DOUBLED -> "once too often";
      case ALTERED -> "not as written";
      case UNKNOWN -> "not known";
    };
  }

  private void metrics() {
    List<Exhibits.Rise> rises = journey.exhibits().rises();
    if (rises.isEmpty()) {
      return;
    }
    html.element("h3", "Metrics");
    html.open("table", "class", "metrics");
    html.element(
        "caption", "Raw samples before the first step and after the last, and the rise between");
    html.open("thead").open("tr").element("th", "Series", "scope", "col");
    for (String column : List.of("Before", "After", "Rise")) {
      html.element("th", column, "scope", "col", "class", "number");
    }
    html.element("th", "Exemplar", "scope", "col").close().close().open("tbody");
    for (Exhibits.Rise rise : rises) {
      html.open("tr").open("th", "scope", "row").element("code", rise.query()).close();
      html.element("td", Words.number(rise.before()), "class", "number");
      html.element("td", Words.number(rise.after()), "class", "number");
      html.element("td", "+" + Words.number(rise.risen()), "class", "number rise");
      html.open("td");
      rise.exemplar().ifPresent(this::exemplar);
      html.close().close();
    }
    html.close().close();
  }

  /** One that no step of this journey names is of the second walk, the sentinel. */
  private void exemplar(String traceId) {
    trace(traceId);
    html.element(
        "span", step(traceId).isEmpty() ? " second walk" : " " + step(traceId), "class", "faint");
  }

  /** In the order in which they come up, so that a service has one colour throughout. */
  private static List<String> services(JourneyEvidence journey) {
    List<String> services = new ArrayList<>();
    for (Exhibits.Trace trace : journey.exhibits().traces()) {
      trace.spans().stream().map(Exhibits.Span::service).forEach(services::add);
    }
    return services.stream().distinct().toList();
  }
}
