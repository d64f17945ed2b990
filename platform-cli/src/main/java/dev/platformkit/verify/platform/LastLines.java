package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.backend.Elasticsearch.Place;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.LogLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container has written of late, as a sample: its last lines, and the last one of each
 * level, since what is rare is dropped by rules that nobody thinks of until it is needed.
 */
final class LastLines {
  /** How far back a level is looked for. */
  static final int READ = 300;

  private static final int LAST = 6;

  /** Longer ones are cut into parts by the engine. */
  private static final int LONGEST = 8_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIME = "@timestamp";
  private static final int HEAD = 400;
  private static final Pattern LEVEL =
      Pattern.compile(
          "(?i)\\b(trace|debug|info?|notice|warn|warning|err|error|fatal|critical|panic|severe)\\b");

  private LastLines() {}

  /**
   * A line that was written.
   *
   * @param places where it may be found: a line that brings a time of its own is stored under that,
   *     if the collector can make something of it
   */
  record Sample(Container container, LogLine line, Set<Place> places) {
    Sample {
      requireNonNull(container, "container is null");
      requireNonNull(line, "line is null");
      places = Set.copyOf(places);
    }

    String text() {
      return line.text().strip();
    }
  }

  /**
   * Takes the sample.
   *
   * @param lines the last ones that the container wrote, oldest first
   * @param from what was written before is left out
   * @param to what was written after is left out, being perhaps still on its way
   */
  static List<Sample> of(Container container, List<LogLine> lines, Instant from, Instant to) {
    List<LogLine> fit =
        lines.stream()
            .filter(line -> line.time().isAfter(from) && line.time().isBefore(to))
            .filter(line -> isPlain(line.text()))
            .toList();
    Map<String, LogLine> ofLevel = new HashMap<>();
    fit.forEach(line -> ofLevel.put(level(line.text()), line));
    Set<LogLine> taken = new LinkedHashSet<>(ofLevel.values());
    taken.addAll(fit.subList(Math.max(0, fit.size() - LAST), fit.size()));
    return taken.stream()
        .map(line -> new Sample(container, line, places(container.id(), line)))
        .toList();
  }

  /** Whether it is stored letter by letter as the engine tells it. */
  private static boolean isPlain(String text) {
    return !text.isBlank() && text.length() < LONGEST && text.indexOf('\uFFFD') < 0;
  }

  private static String level(String text) {
    Matcher level = LEVEL.matcher(text.substring(0, Math.min(HEAD, text.length())));
    return level.find() ? level.group(1).toLowerCase(Locale.ROOT) : "";
  }

  private static Set<Place> places(String containerId, LogLine line) {
    Set<Place> places = new LinkedHashSet<>();
    places.add(new Place(containerId, line.time()));
    own(line.text()).ifPresent(time -> places.add(new Place(containerId, time)));
    return places;
  }

  private static Optional<Instant> own(String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      String time = JSON.readTree(text).path(TIME).asText();
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty(); // then it brings none
    }
  }
}
