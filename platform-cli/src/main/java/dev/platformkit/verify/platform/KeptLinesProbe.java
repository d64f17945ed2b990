package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.backend.Filebeat;
import dev.platformkit.backend.FilebeatRegistry;
import dev.platformkit.backend.FilebeatRegistry.Read;
import dev.platformkit.backend.Refusal;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.problem.Problem;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.LineFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the containers have written of late is stored, and once, also of those that no journey
 * reaches, and whatever a line's level: a sample of what the engine's own logs hold, looked for in
 * the store. Of each kind of line one is also looked for by its message, its level, and who wrote
 * it. The collector's own lines are nobody's to keep, or a line about a line would make a line.
 */
final class KeptLinesProbe implements Probe {
  private static final String COLLECTOR = "filebeat";

  /** By then a line is usually stored. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  /** Among so many there is one of each kind. */
  private static final int LATEST = 100;

  private final List<Container> containers;
  private final Engine engine;
  private final Addresses addresses;
  private final LineFlow flow;
  private final List<String> unreadable = new ArrayList<>();
  private int sampled;
  private Optional<List<LastLines.Sample>> missing = Optional.empty();

  KeptLinesProbe(List<Container> containers, Engine engine, Addresses addresses, LineFlow flow) {
    this.containers =
        containers.stream()
            .filter(c -> c.state() != State.CREATED && !c.service().equals(COLLECTOR))
            .toList();
    this.engine = requireNonNull(engine, "engine is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.flow = requireNonNull(flow, "flow is null");
  }

  @Override
  public String id() {
    return "logs/kept";
  }

  @Override
  public String subject() {
    return "containers";
  }

  @Override
  public String expected() {
    return "the last lines of %d containers, and their last of each level, stored once and to be found"
        .formatted(containers.size());
  }

  /** As long as is waited for the lines of journeys, which are looked for later. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(15);
  }

  @Override
  public Finding look() {
    Elasticsearch store = store();
    if (missing.isEmpty()) {
      Optional<Instant> oldest = store.oldest();
      if (oldest.isEmpty()) {
        return Finding.unknown("no line of anybody is stored");
      }
      missing = Optional.of(samples(oldest.get()));
      sampled = missing.get().size();
    }
    List<Line> stored = store.linesAt(places(missing.get()));
    Optional<Line> doubled = doubled(stored);
    if (doubled.isPresent()) {
      return doubled(doubled.get());
    }
    List<LastLines.Sample> lost = without(missing.get(), stored);
    if (!lost.isEmpty() && store.rejected() > 0) {
      lost = withoutRefused(lost, store.refusalsAt(places(lost)));
    }
    missing = Optional.of(lost);
    if (!lost.isEmpty()) {
      LastLines.Sample first = lost.get(0);
      return Finding.missing(
          "%d of %d lines that were looked for are not stored, such as one of %s, written %s"
              .formatted(lost.size(), sampled, first.container().name(), first.line().time()));
    }
    Optional<Finding> unfindable = unfindable(store);
    if (unfindable.isPresent()) {
      return unfindable.get();
    }
    return unreadable.isEmpty()
        ? Finding.pass("%d looked for, all stored".formatted(sampled))
        : Finding.inconclusive(unreadable.get(0));
  }

  /** A line that two documents are of; empty where there is none. */
  private static Optional<Line> doubled(List<Line> stored) {
    Set<String> seen = new HashSet<>();
    return stored.stream().filter(line -> !seen.add(line.mark())).findFirst();
  }

  private static Finding doubled(Line line) {
    return Finding.fail("lines are stored more than once")
        .detail("such as one of %s: %s".formatted(line.containerName(), line.text()))
        .on(
            Way.none()
                .reached("collected", "it is in the store")
                .broken("accepted", "two documents are of this one line"));
  }

  /** Of each kind of line, by the fields that it has, one is looked for by all of them. */
  private static Optional<Finding> unfindable(Elasticsearch store) {
    Map<Set<String>, Line> kinds = new HashMap<>();
    store.latest(LATEST).forEach(line -> kinds.putIfAbsent(line.fields().keySet(), line));
    for (Line line : kinds.values()) {
      List<String> fields = store.notFoundBy(line);
      if (!fields.isEmpty()) {
        String by = String.join(" and ", fields);
        return Optional.of(
            Finding.fail("lines are stored that cannot be found by their " + by)
                .detail("such as one of %s: %s".formatted(line.containerName(), line.text()))
                .on(
                    Way.none()
                        .reached("accepted", "the store has it")
                        .broken("searchable", "by its %s it is not found".formatted(by))));
      }
    }
    return Optional.empty();
  }

  /**
   * What was deleted from the store, being old, is not looked for; nor is what was written before
   * the collector started, with another configuration perhaps, that may have lost it for good.
   */
  private List<LastLines.Sample> samples(Instant oldest) {
    Instant from =
        addresses.running(COLLECTOR).stream()
            .flatMap(collector -> collector.started().stream())
            .reduce(oldest.plus(ON_ITS_WAY), (one, other) -> one.isAfter(other) ? one : other);
    Instant to = Instant.now().minus(ON_ITS_WAY);
    return containers.parallelStream()
        .flatMap(container -> samples(container, from, to).stream())
        .toList();
  }

  private List<LastLines.Sample> samples(Container container, Instant from, Instant to) {
    try {
      List<LogLine> lines = engine.lastLogs(container.id(), LastLines.READ);
      boolean over = container.state() != State.RUNNING && !lines.isEmpty();
      // One that a container left without an end is stored when its log is removed.
      return LastLines.of(container, over ? lines.subList(0, lines.size() - 1) : lines, from, to);
    } catch (Problem e) {
      synchronized (unreadable) {
        unreadable.add("what %s writes: %s".formatted(container.name(), e.getMessage()));
      }
      return List.of();
    }
  }

  private static List<Elasticsearch.Place> places(List<LastLines.Sample> samples) {
    return samples.stream().flatMap(sample -> sample.places().stream()).toList();
  }

  private static List<LastLines.Sample> without(List<LastLines.Sample> samples, List<Line> stored) {
    Set<List<String>> known =
        stored.stream()
            .map(line -> List.of(line.containerId(), line.original().strip()))
            .collect(Collectors.toSet());
    return samples.stream()
        .filter(sample -> !known.contains(List.of(sample.container().id(), sample.text())))
        .toList();
  }

  /** What was refused is kept apart, which another check tells. */
  private static List<LastLines.Sample> withoutRefused(
      List<LastLines.Sample> samples, List<Refusal> refused) {
    Set<String> texts =
        refused.stream().map(refusal -> refusal.line().strip()).collect(Collectors.toSet());
    return samples.stream().filter(sample -> !texts.contains(sample.text())).toList();
  }

  @Override
  public Finding explain(Finding found) {
    if (missing.map(List::isEmpty).orElse(true)) {
      return found;
    }
    List<LastLines.Sample> lost = missing.orElseThrow();
    Finding told = found;
    for (LastLines.Sample sample : lost.subList(0, Math.min(3, lost.size()))) {
      told = told.detail("missing: %s: %s".formatted(sample.container().name(), sample.text()));
    }
    LastLines.Sample first = lost.get(0);
    return told.on(way(first)).link("platform logs " + first.container().service());
  }

  private Way way(LastLines.Sample sample) {
    Container container = sample.container();
    Way way = Way.none().reached("written", "it is in the engine's log of " + container.name());
    List<Container> collectors = addresses.running(COLLECTOR);
    if (collectors.isEmpty()) {
      return way.broken("collected", COLLECTOR + " does not run");
    }
    if (isStuck()) {
      return way.reached("collected", COLLECTOR + " holds lines")
          .broken("accepted", "it has got rid of none since the run began");
    }
    Optional<Read> read =
        FilebeatRegistry.parse(engine.files(collectors.get(0).id(), FilebeatRegistry.FOLDER))
            .of(container.id());
    if (read.isEmpty()) {
      return way.broken(
          "collected", "%s knows no log file of %s".formatted(COLLECTOR, container.name()));
    }
    if (read.get().time().isBefore(sample.line().time())) {
      return way.broken(
          "collected",
          "%s has not read on in the log of %s since %s"
              .formatted(COLLECTOR, container.name(), read.get().time()));
    }
    return way.reached(
            "collected",
            "%s has read the log of %s to byte %d"
                .formatted(COLLECTOR, container.name(), read.get().offset()))
        .broken(
            "accepted", "nothing waits or was refused: %s did not give it on".formatted(COLLECTOR));
  }

  private boolean isStuck() {
    Optional<Filebeat.Events> then = flow.start().events();
    Optional<Filebeat.Events> now = flow.now().events();
    return then.isPresent()
        && now.isPresent()
        && now.get().published() > now.get().settled()
        && now.get().acked() == then.get().acked();
  }

  private Elasticsearch store() {
    return new Elasticsearch(addresses.server("elasticsearch", 9200), addresses.logIndices());
  }
}
