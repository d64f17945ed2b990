package dev.platformkit.verify.proof;

import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.LogLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service's clock, by the time that its lines say against when the engine received them. */
final class LineClock {
  private static final Duration TOLERATED = Duration.ofSeconds(5);

  private LineClock() {}

  /** What is wrong with the clocks of some containers, where anything is. */
  static Optional<String> skew(
      List<Container> containers, Map<String, List<LogLine>> written, List<Line> stored) {
    for (Container container : containers) {
      for (LogLine line : written.getOrDefault(container.id(), List.of())) {
        Optional<String> skew =
            stored.stream()
                .filter(s -> s.containerId().equals(container.id()))
                .filter(s -> s.original().equals(line.text().stripTrailing()))
                .flatMap(s -> s.time().stream())
                .map(time -> Duration.between(time, line.time()))
                .filter(behind -> behind.abs().compareTo(TOLERATED) > 0)
                .map(behind -> told(container, behind))
                .findFirst();
        if (skew.isPresent()) {
          return skew;
        }
      }
    }
    return Optional.empty();
  }

  private static String told(Container container, Duration behind) {
    return "clock of %s (%s) is %s %s: that far is the time in its lines from when the engine had them"
        .formatted(
            container.service(),
            container.name(),
            Skew.seconds(behind.abs()),
            behind.isNegative() ? "ahead" : "behind");
  }
}
