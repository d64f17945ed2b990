package dev.platformkit.report.html;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Way;

/** The hops of a signal as a chain, the link that broke marked. */
final class WayHtml {
  private final Html html;

  WayHtml(Html html) {
    this.html = requireNonNull(html, "html is null");
  }

  /** The chain with what was seen at each hop. */
  void chain(Way way) {
    html.open("ol", "class", "way", "aria-label", "Hops of the signal");
    boolean broken = false;
    for (Way.Hop hop : way.hops()) {
      boolean isFirst = !broken && hop.state() == Way.State.BROKEN;
      broken |= isFirst;
      String word =
          switch (hop.state()) {
            case REACHED -> "reached";
            case BROKEN -> isFirst ? "broken here" : "not reached";
            case UNKNOWN -> "not known";
          };
      html.open("li", "class", state(hop) + (isFirst ? " first" : ""));
      html.element("span", symbol(hop), "class", "symbol", "aria-hidden", "true");
      html.element("span", hop.name(), "class", "hop").text(" ");
      html.element("span", word, "class", "state").text(" ");
      html.element("span", hop.observed(), "class", "seen").close();
    }
    html.close();
  }

  /** The chain in a line: {@code ✓ exposed → ✓ scraped}. */
  void line(Way way) {
    html.open("span", "class", "way-line");
    boolean first = true;
    for (Way.Hop hop : way.hops()) {
      html.text(first ? "" : " → ").element("span", symbol(hop) + " ", "aria-hidden", "true");
      html.text(hop.name()).element("span", " " + state(hop), "class", "heard");
      first = false;
    }
    html.close();
  }

  private static String state(Way.Hop hop) {
    return switch (hop.state()) {
      case REACHED -> "reached";
      case BROKEN -> "broken";
      case UNKNOWN -> "unknown";
    };
  }

  private static String symbol(Way.Hop hop) {
    return switch (hop.state()) {
      case REACHED -> "✓";
      case BROKEN -> "✗";
      case UNKNOWN -> "◌";
    };
  }
}
