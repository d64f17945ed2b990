package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Proof;
import dev.platformkit.verify.journey.Walk;
import dev.platformkit.verify.proof.EngineLogs;
import dev.platformkit.verify.proof.Scrapes;
import dev.platformkit.verify.proof.Sentinel;
import dev.platformkit.verify.proof.StoredLines;
import dev.platformkit.verify.proof.Traces;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the proofs of all journeys of a round look at, each asked for once and not once per journey.
 *
 * @param sent the trace ids of everything that was sent in the round
 * @param logs what the engine holds; empty where there is none
 */
record Sources(
    Sentinel sentinel,
    Set<String> sent,
    StoredLines lines,
    Traces traces,
    Scrapes scrapes,
    Optional<EngineLogs> logs) {
  Sources {
    requireNonNull(sentinel, "sentinel is null");
    sent = Set.copyOf(sent);
    requireNonNull(lines, "lines is null");
    requireNonNull(traces, "traces is null");
    requireNonNull(scrapes, "scrapes is null");
    requireNonNull(logs, "logs is null");
  }

  /**
   * The sources of a round.
   *
   * @param start before the first step was sent
   */
  static Sources of(
      Site site, List<Journey> journeys, List<Walk> walks, Sentinel sentinel, Instant start) {
    Addresses addresses = site.addresses();
    Set<String> sent = new HashSet<>(sentinel.traceIds());
    walks.forEach(walk -> sent.addAll(walk.everyTraceId()));
    List<String> jobs =
        journeys.stream()
            .flatMap(journey -> journey.proof().metrics().stream())
            .map(Proof.Metric::job)
            .flatMap(Optional::stream)
            .toList();
    return new Sources(
        sentinel,
        sent,
        new StoredLines(sent, addresses),
        new Traces(addresses, sentinel),
        new Scrapes(addresses, jobs, start),
        site.engine().map(engine -> new EngineLogs(engine, start.minusSeconds(1))));
  }
}
