package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Evidence.JourneyEvidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What changed from one run to another.
 *
 * @param checks those that were not judged alike
 * @param images services that run from other images, or are new or gone
 * @param configs files that hold something else, or are new or gone
 * @param journeys those whose duration changed by more than runs differ anyhow
 */
public record Comparison(
    Evidence before,
    Evidence after,
    List<CheckChange> checks,
    List<Change> images,
    List<Change> configs,
    List<Pace> journeys) {
  private static final Duration LITTLE = Duration.ofMillis(100);

  /** In which way a check changed. */
  public enum Kind {
    /** It is bad, and was not so bad before. */
    WORSE,
    /** It is good, and was bad before. */
    BETTER,
    /** Nothing was known of it before, and it is good. */
    APPEARED,
    /** It is not judged any more. */
    GONE,
    /** Otherwise bad, or left out where it passed. */
    CHANGED
  }

  /** A check that was not judged alike; one side is empty where it was not judged at all. */
  public record CheckChange(Kind kind, Optional<Check> before, Optional<Check> after) {
    public CheckChange {
      requireNonNull(kind, "kind is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }

    /** The check as it was judged last. */
    public Check check() {
      return after.or(() -> before).orElseThrow();
    }
  }

  /** Something with a name and a content, on one side or on both. */
  public record Change(String name, Optional<String> before, Optional<String> after) {
    public Change {
      requireNonNull(name, "name is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }
  }

  /** How long a journey took. */
  public record Pace(String journey, Duration before, Duration after) {
    public Pace {
      requireNonNull(journey, "journey is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }
  }

  public Comparison {
    requireNonNull(before, "before is null");
    requireNonNull(after, "after is null");
    checks = List.copyOf(checks);
    images = List.copyOf(images);
    configs = List.copyOf(configs);
    journeys = List.copyOf(journeys);
  }

  /** Compares two runs. */
  public static Comparison of(Evidence before, Evidence after) {
    return new Comparison(
        before,
        after,
        checks(before, after),
        changes(images(before), images(after)),
        changes(before.platform().configs(), after.platform().configs()),
        paces(before, after));
  }

  /** Whether some check is worse. */
  public boolean isWorse() {
    return count(Kind.WORSE) > 0;
  }

  /** Whether nothing changed that is worth a word. */
  public boolean isNothing() {
    return isAlike() && journeys.isEmpty();
  }

  /** Whether the same was judged alike, however long it took. */
  public boolean isAlike() {
    return checks.isEmpty() && images.isEmpty() && configs.isEmpty();
  }

  /** How many checks changed in a way. */
  public long count(Kind kind) {
    return checks.stream().filter(change -> change.kind() == kind).count();
  }

  /**
   * Checks are the same when kind, subject and expectation are; where an expectation changed, those
   * of that kind and subject are, in their order.
   */
  private static List<CheckChange> checks(Evidence before, Evidence after) {
    List<Check> left = new ArrayList<>(before.checks());
    List<Optional<Check>> then = new ArrayList<>();
    after.checks().forEach(check -> then.add(Optional.empty()));
    pair(after.checks(), then, left, check -> check.expected() + "\n" + check.verdict());
    pair(after.checks(), then, left, Check::expected);
    pair(after.checks(), then, left, check -> "");
    List<CheckChange> changes = new ArrayList<>();
    for (int i = 0; i < then.size(); i++) {
      Check now = after.checks().get(i);
      Optional<Check> was = then.get(i);
      change(was, now)
          .map(kind -> new CheckChange(kind, was, Optional.of(now)))
          .ifPresent(changes::add);
    }
    left.forEach(
        check -> changes.add(new CheckChange(Kind.GONE, Optional.of(check), Optional.empty())));
    changes.sort(Comparator.comparing(CheckChange::kind));
    return changes;
  }

  /** Takes for each check that has none yet the first that is left and has the same identity. */
  private static void pair(
      List<Check> now, List<Optional<Check>> then, List<Check> left, Function<Check, String> by) {
    Function<Check, List<String>> identity =
        check -> List.of(check.id(), check.subject(), by.apply(check));
    for (int i = 0; i < now.size(); i++) {
      if (then.get(i).isEmpty()) {
        List<String> wanted = identity.apply(now.get(i));
        Optional<Check> same =
            left.stream().filter(check -> identity.apply(check).equals(wanted)).findFirst();
        then.set(i, same);
        same.ifPresent(left::remove); // an equal one is as good
      }
    }
  }

  private static Optional<Kind> change(Optional<Check> before, Check after) {
    boolean bad = isBad(after.verdict());
    if (before.isEmpty()) {
      return Optional.of(bad ? Kind.WORSE : Kind.APPEARED);
    }
    Verdict then = before.get().verdict();
    if (then == after.verdict()) {
      boolean elsewhere = bad && !before.get().hop().equals(after.hop());
      return elsewhere ? Optional.of(Kind.CHANGED) : Optional.empty();
    }
    if (bad && after.verdict().compareTo(then) > 0) {
      return Optional.of(Kind.WORSE);
    }
    return Optional.of(isBad(then) && !bad ? Kind.BETTER : Kind.CHANGED);
  }

  private static boolean isBad(Verdict verdict) {
    return verdict == Verdict.FAIL || verdict == Verdict.INCONCLUSIVE;
  }

  /** The images of each service by name and content: a rebuilt one may have kept its name. */
  private static Map<String, String> images(Evidence evidence) {
    Map<String, String> images = new TreeMap<>();
    for (Evidence.Image image : evidence.platform().images()) {
      images.merge(image.service(), image.image() + " " + image.id(), (a, b) -> a + ", " + b);
    }
    return images;
  }

  private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      Optional<String> then = Optional.ofNullable(before.get(name));
      Optional<String> now = Optional.ofNullable(after.get(name));
      if (!then.equals(now)) {
        changes.add(new Change(name, then, now));
      }
    }
    return changes;
  }

  private static List<Pace> paces(Evidence before, Evidence after) {
    List<Pace> paces = new ArrayList<>();
    for (JourneyEvidence now : after.journeys()) {
      before.journeys().stream()
          .filter(then -> then.name().equals(now.name()))
          .filter(then -> isMuch(then.took(), now.took()))
          .map(then -> new Pace(now.name(), then.took(), now.took()))
          .forEach(paces::add);
    }
    return paces;
  }

  /** Twice as long or half as long, and by what a person would notice. */
  private static boolean isMuch(Duration a, Duration b) {
    Duration shorter = a.compareTo(b) < 0 ? a : b;
    Duration longer = a.compareTo(b) < 0 ? b : a;
    return longer.minus(shorter).compareTo(LITTLE) >= 0
        && longer.compareTo(shorter.multipliedBy(2)) >= 0;
  }
}
