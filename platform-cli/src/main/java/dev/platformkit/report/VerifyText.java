package dev.platformkit.report;

import static java.util.Objects.requireNonNull;

import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A verify run for a person: one line per journey and a few for the platform, then a paragraph for
 * whatever is not good, what runs or not first, as the rest usually follows from it.
 */
public final class VerifyText {
  private static final String REACHABLE = "target/reachable";
  private static final int MOST_PARAGRAPHS = 12;
  private static final String INDENT = " ".repeat(15);

  private final Console console;

  public VerifyText(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /**
   * The whole report.
   *
   * @param kept where the evidence is kept, for people
   */
  public String of(Evidence evidence, String kept) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s · %s · %s · run %s\n\n"
            .formatted(
                evidence.platform().name(),
                plural(evidence.journeys().size(), "journey"),
                plural(evidence.checks().size(), "check"),
                evidence.nonce()));
    for (Map.Entry<String, List<Check>> group : VerifyGroups.of(evidence).entrySet()) {
      List<String> cells =
          group.getKey().equals(VerifyGroups.PLATFORM)
              ? platform(group.getValue())
              : journey(group.getValue());
      text.append(row(group.getKey(), cells));
    }
    for (String line : leftOut(evidence.checks())) {
      text.append("  %s %s\n".formatted(console.leftOut(), line));
    }
    paragraphs(evidence, text);
    text.append('\n').append(inShort(evidence)).append(" evidence ").append(kept).append('\n');
    return console.unicode()
        ? text.toString()
        : text.toString().replace('·', '-').replace('…', '~');
  }

  /** What was left out for one reason in one line. */
  private static List<String> leftOut(List<Check> checks) {
    Map<String, List<Check>> byReason =
        checks.stream()
            .filter(check -> check.verdict() == Verdict.SKIP)
            .collect(
                Collectors.groupingBy(Check::observed, LinkedHashMap::new, Collectors.toList()));
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (reason, of) ->
            lines.add(
                of.get(0).id().equals("platform/left-out")
                    ? reason
                    : "%s of %s left out: %s"
                        .formatted(
                            joined(of.stream().map(Check::id)),
                            joined(of.stream().map(Check::subject)),
                            reason)));
    return lines;
  }

  private static String joined(Stream<String> words) {
    return words.distinct().collect(Collectors.joining(", "));
  }

  private List<String> journey(List<Check> checks) {
    List<String> cells = new ArrayList<>();
    Map<String, List<Check>> all = byId(checks);
    all.forEach(
        (id, of) -> {
          if (id.equals("logs/exact") && all.containsKey("logs/found")) {
            return; // the one stands for the other where there is no engine
          }
          String label =
              switch (id) {
                case "journey/steps" -> "";
                case "trace/complete" -> "trace ";
                case "logs/exact", "logs/found" -> "logs ";
                case "logs/absent" -> "absent ";
                default -> "metrics ";
              };
          cells.add(label + symbol(worst(of)) + " " + inShort(id, of));
        });
    return cells;
  }

  private static String inShort(String id, List<Check> checks) {
    if (worst(checks) == Verdict.SKIP) {
      return "left out";
    }
    if (worst(checks) == Verdict.INCONCLUSIVE) {
      return "not known";
    }
    if (worst(checks) == Verdict.FAIL) {
      long failed = checks.stream().filter(c -> c.verdict() == Verdict.FAIL).count();
      return checks.size() == 1
          ? brief(checks.get(0).observed())
          : failed + " of " + checks.size() + " failed";
    }
    return switch (id) {
      case "metrics/rise" -> checks.size() + " rose";
      case "trace/complete" ->
          checks.size() == 1 ? checks.get(0).observed() : checks.size() + " whole";
      default -> checks.get(0).observed();
    };
  }

  private List<String> platform(List<Check> checks) {
    List<String> cells = new ArrayList<>();
    byId(checks.stream().filter(check -> check.verdict() != Verdict.SKIP).toList())
        .forEach(
            (id, of) -> {
              String what =
                  switch (id) {
                    case "platform/containers" -> plural(of.size(), "service") + " ready";
                    case "registry/passing" -> of.size() + " registered";
                    case "metrics/targets" -> plural(of.size(), "scrape job") + " up";
                    case "metrics/rules" -> plural(of.size(), "rule file") + " loaded";
                    case "kv/seen" -> "KV seen by " + of.size();
                    case "dashboards/panels" -> "panels of " + plural(of.size(), "dashboard");
                    case "metrics/stray-rules" -> "no stray rules";
                    case "alerts/synthetic" -> "alert " + of.get(0).observed();
                    case "alerts/routed" -> "by production's route " + of.get(0).observed();
                    case "alerts/silences" -> "nothing silenced";
                    case "alerts/fed" -> of.get(0).observed() + " have their metrics";
                    case "alerts/routes" -> of.get(0).observed() + " led to the inbox";
                    case "platform/clock" -> of.get(0).observed();
                    case "logs/shipped" -> "log lines " + of.get(0).observed();
                    case "logs/kept" -> "last lines: " + of.get(0).observed();
                    case "traces/shipped" -> "spans " + of.get(0).observed();
                    case "traces/kept" -> "a span " + of.get(0).observed();
                    case "config/drift" -> plural(of.size(), "file") + " loaded as written";
                    case REACHABLE -> plural(of.size(), "server") + " reached";
                    default -> id;
                  };
              boolean good = worst(of) == Verdict.PASS;
              cells.add(symbol(worst(of)) + " " + (good ? what : kind(id) + ": " + bad(of)));
            });
    return cells;
  }

  private static String kind(String id) {
    return switch (id) {
      case "platform/containers" -> "services";
      case "registry/passing" -> "registry";
      case "metrics/targets" -> "scrape jobs";
      case "metrics/rules" -> "rule files";
      case "kv/seen" -> "KV";
      case "dashboards/panels" -> "dashboards";
      case "metrics/stray-rules" -> "stray rules";
      case "alerts/synthetic" -> "alert";
      case "alerts/routed" -> "production's alert route";
      case "alerts/silences" -> "silences";
      case "alerts/fed" -> "what rules ask for";
      case "alerts/routes" -> "alert routes";
      case "platform/clock" -> "clocks";
      case "logs/shipped" -> "log lines";
      case "logs/kept" -> "containers' last lines";
      case "traces/shipped" -> "spans";
      case "traces/kept" -> "what spans say";
      case "config/drift" -> "files";
      case REACHABLE -> "servers";
      default -> id;
    };
  }

  private static String bad(List<Check> checks) {
    List<Check> bad =
        checks.stream()
            .filter(c -> c.verdict() != Verdict.PASS && c.verdict() != Verdict.SKIP)
            .toList();
    String names =
        bad.stream().map(Check::subject).distinct().limit(4).collect(Collectors.joining(", "));
    return bad.size() + " of " + checks.size() + " (" + names + (bad.size() > 4 ? ", …" : "") + ")";
  }

  private static String brief(String observed) {
    return observed.length() <= 60 ? observed : observed.substring(0, 59) + "…";
  }

  /** One row, wrapped between cells where the terminal is too narrow. */
  private String row(String name, List<String> cells) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder("  %-12s ".formatted(name));
    boolean empty = true;
    for (String cell : cells) {
      if (!empty && visible(line) + 3 + visible(cell) > console.width()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(INDENT);
        empty = true;
      }
      line.append(empty ? "" : "   ").append(cell);
      empty = false;
    }
    return text.append(line.toString().stripTrailing()).append('\n').toString();
  }

  private static int visible(CharSequence text) {
    return text.toString().replaceAll("\u001b\\[[0-9;]*m", "").length();
  }

  private void paragraphs(Evidence evidence, StringBuilder text) {
    List<Check> failed =
        evidence.checks().stream().filter(c -> c.verdict() == Verdict.FAIL).toList();
    failed.stream()
        .sorted(Comparator.comparingInt(VerifyText::rank))
        .limit(MOST_PARAGRAPHS)
        .forEach(check -> paragraph(check, text));
    if (failed.size() > MOST_PARAGRAPHS) {
      text.append("\n  and %d more, in the evidence\n".formatted(failed.size() - MOST_PARAGRAPHS));
    }
    Map<String, List<Check>> unknown =
        evidence.checks().stream()
            .filter(c -> c.verdict() == Verdict.INCONCLUSIVE)
            .sorted(Comparator.comparingInt(VerifyText::rank))
            .collect(
                Collectors.groupingBy(VerifyText::reason, LinkedHashMap::new, Collectors.toList()));
    unknown.values().forEach(of -> inconclusive(of, text));
  }

  /** One reason for which usually many things at once cannot be known is told once. */
  private void inconclusive(List<Check> checks, StringBuilder text) {
    if (checks.size() == 1) {
      paragraph(checks.get(0), text);
      return;
    }
    String ids =
        byId(checks).entrySet().stream()
            .map(e -> e.getKey() + (e.getValue().size() == 1 ? "" : " x" + e.getValue().size()))
            .collect(Collectors.joining(", "));
    text.append(
        "\n%s %s\n"
            .formatted(symbol(Verdict.INCONCLUSIVE), console.strong(checks.size() + " not known")));
    text.append("  observed  ").append(checks.get(0).observed()).append('\n');
    text.append("  of        ").append(ids).append('\n');
  }

  /** What makes checks one thing to tell; each server that is out of reach is its own. */
  private static String reason(Check check) {
    return check.id().equals(REACHABLE) ? check.id() + check.subject() : check.observed();
  }

  private static int rank(Check check) {
    return check.id().equals("platform/containers") || check.id().equals(REACHABLE) ? 0 : 1;
  }

  private void paragraph(Check check, StringBuilder text) {
    text.append(
        "\n%s %s · %s\n"
            .formatted(symbol(check.verdict()), console.strong(check.id()), check.subject()));
    text.append("  expected  ").append(check.expected()).append('\n');
    text.append("  observed  ").append(check.observed()).append('\n');
    check.details().forEach(line -> text.append("            ").append(line).append('\n'));
    way(check.way(), text);
    check.hop().ifPresent(hop -> text.append("  first broken hop: ").append(hop).append('\n'));
    if (!check.links().isEmpty()) {
      text.append("  look: ").append(String.join("    ", check.links())).append('\n');
    }
  }

  private void way(Way way, StringBuilder text) {
    int longest = way.hops().stream().mapToInt(hop -> hop.name().length()).max().orElse(0);
    for (Way.Hop hop : way.hops()) {
      String symbol =
          switch (hop.state()) {
            case REACHED -> console.good();
            case BROKEN -> console.bad();
            case UNKNOWN -> console.leftOut();
          };
      String name = hop.name() + " ".repeat(longest - hop.name().length());
      text.append("    %s %s  %s\n".formatted(symbol, name, hop.observed()));
    }
  }

  /** The verdict and its counts, to be followed by where more is. */
  public String inShort(Evidence evidence) {
    List<String> counts = new ArrayList<>();
    counts.add(evidence.count(Verdict.PASS) + " passed");
    add(counts, evidence.count(Verdict.FAIL), "failed");
    add(counts, evidence.count(Verdict.INCONCLUSIVE), "inconclusive");
    add(counts, evidence.count(Verdict.SKIP), "left out");
    String text =
        "%s in %.1f s · %s ·"
            .formatted(
                console.strong(evidence.verdict().name()),
                evidence.took().toMillis() / 1000.0,
                String.join(", ", counts));
    return console.unicode() ? text : text.replace('·', '-');
  }

  private static void add(List<String> counts, long count, String word) {
    if (count > 0) {
      counts.add(count + " " + word);
    }
  }

  private String symbol(Verdict verdict) {
    return switch (verdict) {
      case PASS -> console.good();
      case SKIP, PARTIAL -> console.leftOut();
      case INCONCLUSIVE -> console.busy();
      case FAIL -> console.bad();
    };
  }

  private static Verdict worst(List<Check> checks) {
    return checks.stream()
        .map(Check::verdict)
        .max(Comparator.naturalOrder())
        .orElse(Verdict.INCONCLUSIVE);
  }

  private static Map<String, List<Check>> byId(List<Check> checks) {
    return checks.stream()
        .collect(Collectors.groupingBy(Check::id, LinkedHashMap::new, Collectors.toList()));
  }

  private static String plural(int count, String word) {
    return String.format(Locale.ROOT, "%d %s%s", count, word, count == 1 ? "" : "s");
  }
}
