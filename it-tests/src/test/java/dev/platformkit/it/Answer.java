package dev.platformkit.it;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a customer got for one request.
 *
 * @param trace the id of the trace that the customer began with it
 * @param sent when, by {@link System#nanoTime}
 * @param ended when the answer was there, by the same clock
 * @param status of HTTP; 0 where there was no answer at all, and why stands in the body
 */
record Answer(
    String trace,
    long sent,
    long ended,
    int status,
    Map<String, List<String>> headers,
    String body) {
  Answer {
    requireNonNull(trace, "trace is null");
    headers = Map.copyOf(headers);
    requireNonNull(body, "body is null");
  }

  Duration took() {
    return Duration.ofNanos(ended - sent);
  }

  JsonNode json() {
    return Cli.json(body);
  }

  String header(String name) {
    return String.join(", ", headers.getOrDefault(name, List.of()));
  }

  /** A cart that shows all as it is now. */
  boolean fresh() {
    return status == 200 && json().path("degraded").isEmpty();
  }

  /** Why a cart had to do without product; empty where it had not. */
  String withoutProduct() {
    if (status == 200) {
      for (JsonNode without : json().path("degraded")) {
        if (without.path("service").asText().equals("product")) {
          return without.path("reason").asText();
        }
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return "%d after %d ms, trace %s: %s".formatted(status, took().toMillis(), trace, body);
  }

  /** Longer than this only one of so many hundred took. */
  static Duration percentile(int percent, Collection<Answer> answers) {
    List<Duration> sorted = answers.stream().map(Answer::took).sorted().toList();
    return sorted.get((sorted.size() * percent - 1) / 100);
  }
}
