package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.journey.Template;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text stands in no stored line and no span once those written later have arrived, for a platform
 * whose containers' own logs nobody can read. {@link AbsentProof} also looks at those.
 */
public final class AbsentStored implements Probe {
  private static final int MOST_WORDS = 6;

  private final Stored stored;
  private final Evidenced evidenced;
  private final Template text;
  private final List<String> services;
  private final Traces traces;

  /**
   * A proof of absence.
   *
   * @param services those whose later lines must have arrived before the store is believed
   */
  public AbsentStored(Stored stored, Template text, List<String> services, Traces traces) {
    this.stored = requireNonNull(stored, "stored is null");
    this.evidenced = stored.evidenced();
    this.text = requireNonNull(text, "text is null");
    this.services = List.copyOf(services);
    this.traces = requireNonNull(traces, "traces is null");
  }

  @Override
  public String id() {
    return "logs/absent";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return text.named() + " in no stored line and no span";
  }

  @Override
  public Finding look() {
    Set<String> late = new TreeSet<>(services);
    StoredLines.Snapshot shown = stored.latest();
    List<Line> later = shown.of(evidenced.sentinel().traceIds());
    later.stream().map(Line::service).forEach(late::remove);
    Disguises value = Disguises.of(text.with(evidenced.walk().values()));
    Optional<Line> holds =
        shown.of(evidenced.ownTraceIds()).stream()
            .filter(line -> value.in(line.text()))
            .findFirst();
    if (holds.isPresent()) {
      return Finding.fail("a line of %s holds %s".formatted(holds.get().service(), text.named()));
    }
    long holding = stored.store().linesWith(text.with(evidenced.walk().values()));
    if (holding > 0) {
      return Finding.fail(holding + " stored lines hold " + text.named());
    }
    if (!late.isEmpty()) {
      return Finding.unknown("lines written later have not arrived of " + late);
    }
    Optional<String> known = later.stream().flatMap(AbsentStored::inside).findFirst();
    if (known.isPresent() && stored.store().linesWith(known.get()) == 0) {
      return Finding.inconclusive(
          "the store does not find lines by what they say: there is one with \"%s\""
              .formatted(known.get()));
    }
    Traced traced = new Traced(traces, evidenced);
    Optional<String> spansLate = traced.late();
    if (spansLate.isPresent()) {
      return Finding.unknown(spansLate.get());
    }
    return traced
        .with(value)
        .map(step -> Finding.fail("the trace of %s holds %s".formatted(step.name(), text.named())))
        .orElse(Finding.pass(text.named() + " nowhere"));
  }

  /** Words amid what a line says: a store that knows texts only as a whole does not find them. */
  private static Stream<String> inside(Line line) {
    String[] words = line.fields().getOrDefault("message", "").strip().split("\\s+");
    String amid =
        Stream.of(words)
            .skip(1)
            .limit(Math.max(0, Math.min(MOST_WORDS, words.length - 2)))
            .collect(Collectors.joining(" "));
    return Stream.of(amid).filter(text -> text.chars().anyMatch(Character::isLetter));
  }
}
