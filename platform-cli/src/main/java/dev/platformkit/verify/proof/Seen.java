package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Span;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.LogLine;
import dev.platformkit.verify.Exhibits;
import dev.platformkit.verify.Exhibits.InStore;
import dev.platformkit.verify.journey.Proof;
import dev.platformkit.verify.journey.StepRun;
import dev.platformkit.verify.journey.Walk;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps what the proofs of a journey see while they look, the last look of each. It judges nothing.
 * Safe for use by several threads.
 */
public final class Seen {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LEVELS = List.of("log.level", "level", "severity", "levelname");
  private static final Duration BELIEVED = Duration.ofSeconds(2);
  private static final int LONGEST_LINE = 16_384;

  private final Walk walk;
  private final Map<String, Exhibits.Trace> traces = new LinkedHashMap<>();
  private final Map<Container, List<LogLine>> written = new LinkedHashMap<>();
  private Optional<List<Elasticsearch.Line>> stored = Optional.empty();
  private final Map<String, Map<Map<String, String>, Exhibits.Series>> series =
      new LinkedHashMap<>();
  private final Map<String, String> exemplars = new HashMap<>();

  Seen(Walk walk) {
    this.walk = requireNonNull(walk, "walk is null");
  }

  /** The spans of a step's trace. */
  synchronized void trace(StepRun step, List<Span> spans) {
    List<Exhibits.Span> shown =
        spans.stream()
            .map(
                s ->
                    new Exhibits.Span(
                        s.id(),
                        s.parentId(),
                        s.service(),
                        s.name(),
                        s.kind().name().toLowerCase(Locale.ROOT),
                        s.start(),
                        Duration.between(s.start(), s.end()),
                        s.error()))
            .sorted(Comparator.comparing(Exhibits.Span::start))
            .toList();
    traces.put(step.name(), new Exhibits.Trace(step.name(), step.traceId(), shown));
  }

  /** What a container has written, of this journey and of others. */
  synchronized void written(Container container, List<LogLine> lines) {
    written.put(container, lines.stream().filter(l -> traceId(l.text()).isPresent()).toList());
  }

  /** What the store holds of the journey. */
  synchronized void stored(List<Elasticsearch.Line> lines) {
    stored = Optional.of(List.copyOf(lines));
  }

  /** The samples of a series, and what they amount to. */
  synchronized void sample(
      String query, Map<String, String> labels, double before, double after, double risen) {
    series
        .computeIfAbsent(query, q -> new LinkedHashMap<>())
        .put(labels, new Exhibits.Series(labels, before, after, risen));
  }

  /** The trace of this run that an exemplar names. */
  synchronized void exemplar(String query, String traceId) {
    exemplars.put(query, traceId);
  }

  /** All that was seen by now. */
  public synchronized Exhibits exhibits() {
    List<Exhibits.Rise> rises =
        walk.journey().proof().metrics().stream()
            .map(Proof.Metric::query)
            .filter(series::containsKey)
            .map(this::rise)
            .toList();
    List<Exhibits.Trace> inOrder =
        walk.steps().stream()
            .flatMap(step -> Optional.ofNullable(traces.get(step.name())).stream())
            .toList();
    return new Exhibits(inOrder, lines(), rises);
  }

  private Exhibits.Rise rise(String query) {
    return new Exhibits.Rise(
        query, List.copyOf(series.get(query).values()), Optional.ofNullable(exemplars.get(query)));
  }

  private List<Exhibits.Line> lines() {
    if (written.isEmpty()) {
      return stored.orElse(List.of()).stream()
          .map(
              line ->
                  line(time(line.original()), line.service(), "", line.original(), InStore.STORED))
          .sorted(Comparator.comparing(line -> line.time().orElse(Instant.MAX)))
          .toList();
    }
    Map<String, List<String>> open = new HashMap<>();
    for (Elasticsearch.Line line : stored.orElse(List.of())) {
      open.computeIfAbsent(line.containerId(), id -> new ArrayList<>()).add(line.original());
    }
    List<Exhibits.Line> lines = new ArrayList<>();
    written.forEach(
        (container, texts) -> {
          List<String> originals = open.getOrDefault(container.id(), new ArrayList<>());
          for (LogLine line : texts) {
            String text = line.text().stripTrailing();
            InStore is = originals.remove(text) ? InStore.STORED : InStore.MISSING;
            lines.add(
                line(
                    Optional.of(written(line)),
                    container,
                    text,
                    stored.isPresent() ? is : InStore.UNKNOWN));
          }
        });
    written.forEach(
        (container, texts) -> {
          for (String text : open.getOrDefault(container.id(), List.of())) {
            boolean known = texts.stream().anyMatch(l -> l.text().stripTrailing().equals(text));
            lines.add(line(time(text), container, text, known ? InStore.DOUBLED : InStore.ALTERED));
          }
        });
    lines.sort(Comparator.comparing(line -> line.time().orElse(Instant.MAX)));
    return lines;
  }

  private Exhibits.Line line(
      Optional<Instant> time, Container container, String text, InStore inStore) {
    return line(time, container.service(), container.name(), text, inStore);
  }

  private Exhibits.Line line(
      Optional<Instant> time, String service, String container, String text, InStore inStore) {
    return new Exhibits.Line(
        time,
        service,
        container,
        fields(text, LEVELS).findFirst(),
        traceId(text).orElse(""),
        text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…",
        inStore);
  }

  /**
   * When a line was written, by its own word: the engine sees it when the service's buffer is
   * emptied. A clock that goes wrong is not believed.
   */
  private static Instant written(LogLine line) {
    return time(line.text())
        .filter(own -> Duration.between(own, line.time()).abs().compareTo(BELIEVED) < 0)
        .orElse(line.time());
  }

  private Optional<String> traceId(String text) {
    return walk.traceIds().stream().filter(text::contains).findFirst();
  }

  private static Optional<Instant> time(String text) {
    try {
      return fields(text, List.of("@timestamp")).findFirst().map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty(); // a line may say of its time what it likes
    }
  }

  /** The values of some fields of a line that is a JSON object, flat or as objects in objects. */
  private static Stream<String> fields(String text, List<String> names) {
    if (!text.startsWith("{")) {
      return Stream.empty();
    }
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return Stream.empty(); // not JSON after all
    }
    return names.stream()
        .flatMap(name -> Stream.of(json.path(name), json.at("/" + name.replace('.', '/'))))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }
}
