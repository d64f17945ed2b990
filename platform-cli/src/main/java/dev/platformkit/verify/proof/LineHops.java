package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.backend.Filebeat;
import dev.platformkit.backend.FilebeatRegistry;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.LineFlow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where lines that are not stored got lost. Each hop has a witness: the engine's log, what Filebeat
 * remembers and counts, what the store refused, what it holds.
 */
final class LineHops {
  private static final String COLLECTOR = "filebeat";
  private static final String STORE = "elasticsearch";

  private final Engine engine;
  private final Addresses addresses;
  private final Stored stored;
  private final LineFlow flow;
  private final LineFlow.Snapshot now;

  LineHops(Engine engine, Addresses addresses, Stored stored, LineFlow flow) {
    this.engine = requireNonNull(engine, "engine is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.stored = requireNonNull(stored, "stored is null");
    this.flow = requireNonNull(flow, "flow is null");
    this.now = flow.now();
  }

  /** The way of the lines of a service that were written and are not found as they should be. */
  Way of(Written written) {
    Container container = worst(written);
    List<LogLine> lines = written.evidence().getOrDefault(container.id(), List.of());
    Way way =
        Way.none()
            .reached(
                "written",
                "%d lines in the engine's log of %s".formatted(lines.size(), container.name()));
    List<Line> found =
        ask(() -> stored.lines()).orElse(List.of()).stream()
            .filter(line -> line.containerId().equals(container.id()))
            .toList();
    List<String> refusals =
        ask(() -> stored.store().refusalsOf(stored.evidenced().everyTraceId())).orElse(List.of());
    if (!refusals.isEmpty()) {
      return way.reached("collected", "%d lines got to the store".formatted(refusals.size()))
          .broken("accepted", "Elasticsearch refused them: " + refusals.get(0));
    }
    way = collected(way, container, found);
    return way.broken().isPresent() ? way : accepted(way, container, lines);
  }

  /** The container whose lines are missing; the first where that is not known. */
  private Container worst(Written written) {
    List<Line> lines = ask(() -> stored.lines()).orElse(List.of());
    return written.containers().stream()
        .filter(
            container -> {
              List<LogLine> own = written.evidence().getOrDefault(container.id(), List.of());
              return !Tally.of(Map.of(container.id(), own), lines).isExact();
            })
        .findFirst()
        .orElse(written.containers().get(0));
  }

  private Way collected(Way way, Container container, List<Line> found) {
    if (!found.isEmpty()) {
      return way.reached("collected", "%d of its lines arrived".formatted(found.size()));
    }
    List<Container> collectors = addresses.containers(COLLECTOR);
    if (collectors.isEmpty()) {
      return way.unknown("collected", "it is not known who collects");
    }
    Container collector = collectors.get(0);
    if (collector.state() != State.RUNNING) {
      return way.broken("collected", collector.name() + " is " + Addresses.state(collector));
    }
    long waiting = now.events().map(e -> e.published() - e.settled()).orElse(0L);
    if (waiting > 0) {
      return way.reached(
          "collected", "filebeat holds %d lines that it cannot get rid of".formatted(waiting));
    }
    Optional<Filebeat.Events> since = eventsSince();
    if (since.isPresent() && since.get().read() == 0) {
      return way.broken("collected", "filebeat has read no line of anybody since the run began");
    }
    Map<String, String> files = engine.files(collector.id(), FilebeatRegistry.FOLDER);
    if (files.isEmpty()) {
      return way.unknown("collected", "filebeat does not show what it reads");
    }
    return FilebeatRegistry.parse(files)
        .of(container.id())
        .map(read -> read(way, container, read))
        .orElseGet(
            () ->
                way.broken(
                    "collected",
                    "filebeat knows no log file of %s: none of its inputs reads it"
                        .formatted(container.name())));
  }

  private Way read(Way way, Container container, FilebeatRegistry.Read read) {
    if (!read.time().isBefore(stored.evidenced().walk().start().minusSeconds(1))) {
      return way.reached(
          "collected",
          "filebeat has read the log of %s to byte %d".formatted(container.name(), read.offset()));
    }
    return way.broken(
        "collected",
        "filebeat got to byte %d of the log of %s and has not read on since %s"
            .formatted(read.offset(), container.name(), read.time()));
  }

  private Way accepted(Way way, Container container, List<LogLine> lines) {
    Optional<String> silent = silentStore();
    if (silent.isPresent()) {
      return way.broken("accepted", silent.get()).unknown("searchable", "nobody could be asked");
    }
    Instant start = stored.evidenced().walk().start();
    List<String> elsewhere =
        ask(() -> stored.store().indicesOf(container.id(), start)).orElse(List.of()).stream()
            .filter(index -> !looksIn(index))
            .toList();
    if (!elsewhere.isEmpty()) {
      return way.reached("accepted", "%s holds lines of this time".formatted(elsewhere))
          .broken(
              "searchable",
              "they stand in %s, where nobody looks: %s"
                  .formatted(String.join(", ", elsewhere), addresses.logIndices()));
    }
    Optional<Filebeat.Events> since = eventsSince();
    if (since.isPresent()) {
      Optional<String> hidden = hidden(since.get());
      if (hidden.isPresent()) {
        return way.reached("accepted", hidden.get())
            .broken("searchable", "what was taken in is not shown: it is not refreshed");
      }
      Optional<String> held = heldBack(since.get());
      if (held.isPresent()) {
        return way.broken("accepted", held.get());
      }
    }
    return searchable(way, container, lines);
  }

  private boolean looksIn(String index) {
    return Stream.of(addresses.logIndices().split(",", -1))
        .map(pattern -> Pattern.quote(pattern).replace("*", "\\E.*\\Q"))
        .anyMatch(index::matches);
  }

  /** Why what Filebeat read is not in the store, as far as its counters tell. */
  private Optional<String> heldBack(Filebeat.Events since) {
    String counted =
        "since the run began filebeat read %d lines, gave on %d, and %d were taken"
            .formatted(since.read(), since.published(), since.acked());
    if (since.dropped() > 0) {
      return Optional.of(counted + ", %d refused for good".formatted(since.dropped()));
    }
    Filebeat.Events all = now.events().orElseThrow();
    if (all.published() > all.settled()) {
      return Optional.of(
          counted
              + ", %d wait, %d were to be sent again"
                  .formatted(all.published() - all.settled(), since.failed()));
    }
    if (now.stored().isEmpty() || flow.start().stored().isEmpty()) {
      return Optional.empty();
    }
    long more = now.stored().get() - flow.start().stored().get();
    return since.acked() > 0 && more < since.acked() / 2
        ? Optional.of(
            counted
                + ", but %s holds only %d more: its output goes elsewhere".formatted(STORE, more))
        : Optional.empty();
  }

  /**
   * Whether the store has taken in what Filebeat gave on, all but a few, and shows little of it.
   */
  private Optional<String> hidden(Filebeat.Events since) {
    LineFlow.Snapshot start = flow.start();
    if (start.indexed().isEmpty()
        || start.stored().isEmpty()
        || now.indexed().isEmpty()
        || now.stored().isEmpty()) {
      return Optional.empty();
    }
    Filebeat.Events all = now.events().orElseThrow();
    long waiting = all.published() - all.settled();
    long indexed = now.indexed().get() - start.indexed().get();
    long shown = now.stored().get() - start.stored().get();
    boolean allButFew = since.acked() > waiting * 10 && since.dropped() == 0;
    return allButFew && indexed >= since.acked() / 2 && shown < indexed / 2
        ? Optional.of("%s took in %d documents since the run began".formatted(STORE, indexed))
        : Optional.empty();
  }

  private Way searchable(Way way, Container container, List<LogLine> lines) {
    List<String> texts = lines.stream().map(line -> line.text().stripTrailing()).toList();
    List<Line> kept =
        ask(() -> stored.store().latestOf(container.id())).orElse(List.of()).stream()
            .filter(line -> texts.contains(line.original()))
            .toList();
    long lost =
        texts.stream().filter(t -> kept.stream().noneMatch(k -> k.original().equals(t))).count();
    if (lost > 0) {
      return way.broken(
          "accepted",
          "%d of %d are not in %s, and nothing waits or was refused: filebeat did not give them on"
              .formatted(lost, texts.size(), STORE));
    }
    return way.reached("accepted", "all %d are in %s".formatted(texts.size(), STORE))
        .broken("searchable", "they are not found by their trace id, or not as they were written");
  }

  private Optional<String> silentStore() {
    List<Container> stores = addresses.containers(STORE);
    if (!stores.isEmpty() && stores.get(0).state() != State.RUNNING) {
      return Optional.of(stores.get(0).name() + " is " + Addresses.state(stores.get(0)));
    }
    return ask(() -> stored.lines()).isEmpty()
        ? Optional.of(STORE + " does not answer")
        : Optional.empty();
  }

  private Optional<Filebeat.Events> eventsSince() {
    return now.events()
        .filter(e -> flow.start().events().map(then -> e.read() >= then.read()).orElse(false))
        .map(e -> e.since(flow.start().events().orElseThrow()));
  }

  /** Where a person sees what the store holds of a trace. */
  Optional<String> page(String traceId) {
    return ask(() -> stored.store().page(traceId));
  }

  private static <T> Optional<T> ask(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (BackendException | NotRunningException | NotPartOfPlatformException e) {
      return Optional.empty(); // who cannot be asked tells nothing
    }
  }
}
