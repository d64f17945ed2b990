package dev.platformkit.report;

import static java.util.Objects.requireNonNull;

import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Comparison;
import dev.platformkit.verify.Comparison.CheckChange;
import dev.platformkit.verify.Comparison.Kind;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What changed between two runs, for a person; what is worse comes first. */
public final class CompareText {
  private final Console console;

  public CompareText(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /** The whole comparison. */
  public String of(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    text.append("before  ").append(run(comparison.before())).append('\n');
    text.append("after   ").append(run(comparison.after())).append('\n');
    String changes = changes(comparison);
    text.append(changes.isEmpty() ? "" : "\n").append(changes);
    text.append('\n').append(console.strong(inShort(comparison))).append('\n');
    return ascii(text.toString());
  }

  /** What was not judged alike, and what it was judged of; empty where nothing changed. */
  public String judged(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    alike(comparison.checks()).forEach(of -> text.append(checks(of)));
    comparison.images().forEach(change -> text.append(change("image", change)));
    comparison.configs().forEach(change -> text.append(change("config", change)));
    return ascii(text.toString());
  }

  private String changes(Comparison comparison) {
    StringBuilder text = new StringBuilder(judged(comparison));
    for (Comparison.Pace pace : comparison.journeys()) {
      text.append(
          "  · journey %s took %s, before %s\n"
              .formatted(pace.journey(), took(pace.after()), took(pace.before())));
    }
    return ascii(text.toString());
  }

  /** The counts in one breath. */
  public String inShort(Comparison comparison) {
    if (comparison.isNothing()) {
      return ascii("nothing changed");
    }
    List<String> parts = new ArrayList<>();
    add(parts, comparison.count(Kind.WORSE), "worse");
    add(parts, comparison.count(Kind.BETTER), "better");
    add(parts, comparison.count(Kind.CHANGED), "otherwise");
    add(parts, comparison.count(Kind.APPEARED), "new");
    add(parts, comparison.count(Kind.GONE), "gone");
    String checks = parts.isEmpty() ? "no check changed" : "checks: " + String.join(", ", parts);
    String around = "";
    around += comparison.images().isEmpty() ? "" : " · images: " + comparison.images().size();
    around += comparison.configs().isEmpty() ? "" : " · configs: " + comparison.configs().size();
    around += comparison.journeys().isEmpty() ? "" : " · journeys: " + comparison.journeys().size();
    return ascii(checks + around);
  }

  private String run(Evidence evidence) {
    return "%s %s · %s · %s · %d of %d passed"
        .formatted(
            evidence.platform().name(),
            evidence.nonce(),
            evidence.started().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
            evidence.verdict().word(),
            evidence.count(Verdict.PASS),
            evidence.checks().size());
  }

  /** What changed alike and for the same reason is told once. */
  private static Collection<List<CheckChange>> alike(List<CheckChange> changes) {
    return changes.stream()
        .collect(
            Collectors.groupingBy(
                change ->
                    List.of(
                        change.kind().name(),
                        verdict(change.before(), ""),
                        verdict(change.after(), ""),
                        change.check().subject(),
                        reason(change)),
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  private String checks(List<CheckChange> changes) {
    CheckChange first = changes.get(0);
    String symbol =
        switch (first.kind()) {
          case WORSE -> console.bad();
          case BETTER, APPEARED -> console.good();
          case GONE, CHANGED -> console.leftOut();
        };
    Map<String, Long> ids =
        changes.stream()
            .collect(
                Collectors.groupingBy(
                    change -> change.check().id(), LinkedHashMap::new, Collectors.counting()));
    String named =
        ids.entrySet().stream()
            .map(id -> id.getKey() + (id.getValue() == 1 ? "" : " x" + id.getValue()))
            .collect(Collectors.joining(", "));
    String was = verdict(first.before(), "not there");
    String is = verdict(first.after(), "gone");
    String from = was.equals(is) ? is : was + " → " + is;
    String reason = reason(first);
    return "  %s %s · %s: %s\n".formatted(symbol, named, first.check().subject(), from)
        + (reason.isEmpty() ? "" : "      " + reason.replace("\n", "\n      ") + "\n");
  }

  /** Why it is bad; what is good needs no reason. */
  private static String reason(CheckChange change) {
    Check check = change.check();
    if (change.after().isEmpty()
        || change.kind() == Kind.BETTER
        || change.kind() == Kind.APPEARED) {
      return "";
    }
    String then = change.before().flatMap(Check::hop).map(hop -> ", before at " + hop).orElse("");
    return check.observed() + check.hop().map(hop -> "\nbroken at " + hop + then).orElse("");
  }

  private static String verdict(Optional<Check> check, String none) {
    return check.map(Check::verdict).map(Verdict::word).orElse(none);
  }

  private static String change(String what, Comparison.Change change) {
    String how =
        change.before().isEmpty()
            ? "new: " + brief(change.after())
            : change.after().isEmpty()
                ? "gone"
                : brief(change.before()) + " → " + brief(change.after());
    return "  · %s %s %s\n".formatted(what, change.name(), how);
  }

  /** Content ids are told by their beginning. */
  private static String brief(Optional<String> content) {
    return content.orElse("").replaceAll("sha256:([0-9a-f]{12})[0-9a-f]*", "$1");
  }

  private static String took(Duration duration) {
    return duration.toMillis() < 1000
        ? duration.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private static void add(List<String> parts, long count, String word) {
    if (count > 0) {
      parts.add(count + " " + word);
    }
  }

  private String ascii(String text) {
    return console.unicode() ? text : text.replace('·', '-').replace("→", "->");
  }
}
