package dev.platformkit.report.findings;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.check.Check;
import dev.platformkit.check.Example;
import dev.platformkit.check.Registry;
import dev.platformkit.terminal.Console;
import dev.platformkit.terminal.Paragraph;
import java.util.Locale;

/** What is to be known about checks, at the terminal. */
public final class CheckManual {
  private static final String SCHEMA = "platform.checks/1";

  /** No narrower: a word a line helps nobody. */
  private static final int NARROW = 30;

  private final Console console;

  public CheckManual(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /** Every check in one line. */
  public String list() {
    int width = Registry.ids().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Check check : Registry.checks()) {
      String head =
          String.format(
              Locale.ROOT, "  %-" + width + "s  %-7s  ", check.id(), check.spec().severity());
      int room = Math.max(NARROW, console.width() - head.length());
      String lead = head;
      for (String line : Paragraph.lines(check.spec().summary(), room)) {
        text.append(lead).append(line).append('\n');
        lead = " ".repeat(head.length());
      }
    }
    return text.append("more: platform explain <check>\n").toString();
  }

  /** One check in full. */
  public String text(Check check) {
    Example example = Example.of(check);
    StringBuilder text = new StringBuilder();
    text.append(console.strong(check.id()))
        .append("  ")
        .append(check.spec().severity())
        .append("\n");
    paragraph(check.spec().summary(), text);
    for (String paragraph : example.why().strip().split("\n\n", -1)) {
      text.append('\n');
      paragraph(paragraph, text);
    }
    example
        .changes()
        .forEach(
            (file, changes) -> {
              text.append("\n  ").append(console.strong(file)).append('\n');
              changes.lines().forEach(line -> text.append(indented("  " + line)));
            });
    text.append("\n  to live with it, on the line or above it:\n")
        .append(indented("  # platform:ignore " + check.id() + " -- <reason>"));
    return text.toString();
  }

  /** Broken to the terminal's width, unless it is an example. */
  private void paragraph(String text, StringBuilder to) {
    if (text.startsWith("    ")) {
      text.lines().forEach(line -> to.append(indented(line)));
      return;
    }
    Paragraph.lines(text, Math.max(NARROW, console.width() - 2))
        .forEach(line -> to.append(indented(line)));
  }

  private static String indented(String line) {
    return line.isBlank() ? "\n" : "  " + line + "\n";
  }

  public String listJson() {
    ObjectNode root = root();
    var checks = root.putArray("checks");
    Registry.checks().forEach(check -> facts(checks.addObject(), check));
    return FindingsJson.pretty(root);
  }

  public String json(Check check) {
    ObjectNode root = root();
    ObjectNode node = root.putArray("checks").addObject();
    facts(node, check);
    Example example = Example.of(check);
    node.put("why", example.why().strip());
    ObjectNode bad = node.putObject("bad");
    example.bad().forEach(bad::put);
    ObjectNode good = node.putObject("good");
    example.good().forEach(good::put);
    return FindingsJson.pretty(root);
  }

  private static ObjectNode root() {
    return new ObjectMapper().createObjectNode().put("schema", SCHEMA);
  }

  private static void facts(ObjectNode node, Check check) {
    node.put("id", check.id());
    node.put("severity", check.spec().severity().toString());
    node.put("summary", check.spec().summary());
  }
}
