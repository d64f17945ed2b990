package dev.platformkit.report.kv;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.ConsulKv;
import dev.platformkit.kv.Change;
import dev.platformkit.kv.KvDiff;
import dev.platformkit.kv.Setting;
import dev.platformkit.lifecycle.Amounts;
import dev.platformkit.terminal.Console;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison for a person.
 *
 * <pre>
 * + config/category/page-size  20                  kv/category.yaml:3:3
 * ~ config/category/log-level  debug -> info       kv/category.yaml:4:3
 * - config/category/old        "a b"               no file names it any more
 * 3 of 3 keys differ in demo's Consul
 * </pre>
 */
public final class KvDiffText {
  private static final int LONGEST = 60;

  private final Console console;
  private final String platform;

  public KvDiffText(Console console, String platform) {
    this.console = requireNonNull(console, "console is null");
    this.platform = requireNonNull(platform, "platform is null");
  }

  /**
   * Tells what differs, or what was done about it.
   *
   * @param applied whether it was
   */
  public String of(KvDiff diff, boolean applied) {
    List<String> lines = new ArrayList<>();
    diff.changes().forEach(change -> lines.add(line(change)));
    for (String key : diff.foreign()) {
      lines.add(
          "%s %s  %s".formatted(console.leftOut(), key, console.faint("not ours, left alone")));
    }
    lines.add(summary(diff, applied));
    return String.join("\n", lines) + "\n";
  }

  private String line(Change change) {
    return switch (change.kind()) {
      case ADD -> "+ " + change.key() + "  " + wanted(change) + where(change);
      case CHANGE ->
          "~ "
              + change.key()
              + "  "
              + stored(change)
              + (console.unicode() ? " → " : " -> ")
              + wanted(change)
              + where(change)
              + (change.owned() ? "" : console.faint(", last written by somebody else"));
      case REMOVE ->
          "- "
              + change.key()
              + "  "
              + stored(change)
              + console.faint("  no file names it any more");
      case ADOPT -> "= " + change.key() + "  " + wanted(change) + console.faint("  not ours yet");
    };
  }

  private String where(Change change) {
    return change.wanted().map(w -> "  " + console.faint(w.position().toString())).orElse("");
  }

  private static String wanted(Change change) {
    return change.wanted().map(Setting::value).map(KvDiffText::shown).orElse("");
  }

  private static String stored(Change change) {
    return change
        .stored()
        .flatMap(ConsulKv.Entry::value)
        .map(KvDiffText::shown)
        .orElse("(not text)");
  }

  /** A value on one line, with what a terminal would act on made visible. */
  private static String shown(String value) {
    StringBuilder line = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (c == '\n') {
                line.append("\\n");
              } else if (Character.isISOControl(c)) {
                line.append("\\u%04x".formatted(c));
              } else {
                line.appendCodePoint(c);
              }
            });
    if (value.codePointCount(0, value.length()) > LONGEST) {
      line.append("…");
    }
    String text = line.toString();
    return text.isEmpty() || text.contains(" ") ? '"' + text + '"' : text;
  }

  private String summary(KvDiff diff, boolean applied) {
    int changes = diff.changes().size();
    if (applied) {
      return changes == 0
          ? "%s nothing to do: %s as the files say".formatted(console.good(), keys(diff))
          : "%s %s written to %s's Consul"
              .formatted(console.good(), Amounts.count(changes, "change"), platform);
    }
    long differing = diff.changes().stream().filter(c -> c.kind() != Change.Kind.ADOPT).count();
    return differing == 0
        ? "%s %s's Consul holds what the files say: %s"
            .formatted(console.good(), platform, keys(diff))
        : "%s %s to %s's Consul"
            .formatted(console.bad(), Amounts.count((int) differing, "change"), platform);
  }

  private static String keys(KvDiff diff) {
    return Amounts.count(diff.wanted(), "key");
  }
}
