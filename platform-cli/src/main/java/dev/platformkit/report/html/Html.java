package dev.platformkit.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML so that nothing but what this project says can be markup: names are checked, every
 * text and every value of an attribute is escaped. Control characters, and those that turn the
 * direction of text, are made visible: they come from logs and from answers of servers.
 */
final class Html {
  private static final Set<String> VOID = Set.of("br", "link", "meta");
  private static final Set<String> BLOCKS =
      Set.of("section", "article", "header", "footer", "nav", "table", "tr", "li", "dl", "details");

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> opened = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; one whose value is empty is left out
   */
  Html open(String tag, String... attributes) {
    if (BLOCKS.contains(tag)) {
      text.append('\n');
    }
    text.append('<').append(name(tag));
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("an attribute of " + tag + " has no value");
    }
    for (int i = 0; i < attributes.length; i += 2) {
      if (!attributes[i + 1].isEmpty()) {
        text.append(' ').append(name(attributes[i])).append("=\"");
        escape(attributes[i + 1], true);
        text.append('"');
      }
    }
    text.append('>');
    if (!VOID.contains(tag)) {
      opened.push(tag);
    }
    return this;
  }

  /** Closes the element that was opened last. */
  Html close() {
    text.append("</").append(opened.pop()).append('>');
    return this;
  }

  /** An element that holds a text. */
  Html element(String tag, String content, String... attributes) {
    return open(tag, attributes).text(content).close();
  }

  /** A text. */
  Html text(String content) {
    escape(content, false);
    return this;
  }

  /** A style sheet of this project's own. */
  Html style(String css) {
    if (css.contains("</")) {
      throw new IllegalArgumentException("a style sheet cannot hold an end tag");
    }
    text.append("<style>\n").append(css).append("</style>");
    return this;
  }

  /** The whole page. */
  String page() {
    if (!opened.isEmpty()) {
      throw new IllegalStateException("still open: " + opened);
    }
    return "<!doctype html>\n" + text + "\n";
  }

  private static String name(String name) {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("no name of HTML: " + name);
    }
    return name;
  }

  private void escape(String content, boolean attribute) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append(attribute ? "&quot;" : "\"");
        case '\n', '\t' -> text.append(c);
        default -> text.append(visible(c));
      }
    }
  }

  private static String visible(char c) {
    boolean control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    boolean direction =
        (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
    return control || direction ? "\\u%04x".formatted((int) c) : Character.toString(c);
  }
}
