package dev.platformkit.verify.proof;

import dev.platformkit.backend.Span;
import dev.platformkit.backend.Span.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Clocks that cannot both be right: a server answers while its client waits, so its span lies
 * within the client's.
 */
final class Skew {
  private static final Duration TOLERATED = Duration.ofSeconds(1);

  private Skew() {}

  /** What is wrong with the clocks of a trace's services, one line each. */
  static List<String> of(List<Span> spans, Map<String, Span> byId) {
    return spans.stream()
        .filter(span -> span.kind() == Kind.SERVER)
        .flatMap(span -> between(Optional.ofNullable(byId.get(span.parentId())), span).stream())
        .distinct()
        .toList();
  }

  private static Optional<String> between(Optional<Span> parent, Span server) {
    if (parent.isEmpty() || parent.get().kind() != Kind.CLIENT) {
      return Optional.empty();
    }
    Span client = parent.get();
    Duration early = Duration.between(server.start(), client.start());
    Duration late = Duration.between(client.end(), server.end());
    if (early.compareTo(TOLERATED) > 0) {
      return Optional.of(apart(server, client, early));
    }
    return late.compareTo(TOLERATED) > 0
        ? Optional.of(apart(server, client, late.negated()))
        : Optional.empty();
  }

  /**
   * Names the one of two clocks that is further from this machine's.
   *
   * @param behind by how much the server's clock is behind the client's
   */
  private static String apart(Span server, Span client, Duration behind) {
    Instant now = Instant.now();
    boolean serverIsOff =
        Duration.between(server.start(), now)
                .abs()
                .compareTo(Duration.between(client.start(), now).abs())
            >= 0;
    boolean ahead = serverIsOff == behind.isNegative();
    return "clock of %s is %s %s, as seen from %s"
        .formatted(
            serverIsOff ? server.service() : client.service(),
            seconds(behind.abs()),
            ahead ? "ahead" : "behind",
            serverIsOff ? client.service() : server.service());
  }

  /** {@code 120 s}, or {@code 1.5 s} where that matters. */
  static String seconds(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(10)) < 0
        ? "%.1f s".formatted(duration.toMillis() / 1000.0)
        : Math.round(duration.toMillis() / 1000.0) + " s";
  }
}
