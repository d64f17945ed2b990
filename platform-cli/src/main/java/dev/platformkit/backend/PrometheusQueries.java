package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Questions to Prometheus that somebody else wrote, so that it may refuse them. */
public final class PrometheusQueries {
  private static final Set<Integer> REFUSALS = Set.of(400, 422);

  private final HttpServer server;

  public PrometheusQueries(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /**
   * What a single query came to.
   *
   * @param refusal why it was refused, in Prometheus's words
   * @param data whether it gave any number
   */
  public record Reply(Optional<String> refusal, boolean data) {
    public Reply {
      requireNonNull(refusal, "refusal is null");
    }
  }

  /**
   * The values of an instant query, by one of the labels of its results; empty if it is refused.
   */
  public Optional<Map<String, Double>> values(String query, String label) {
    HttpCall call = HttpCall.get("/api/v1/query").query("query", query);
    HttpAnswer answer = sent(call);
    if (!answer.isGood()) {
      return Optional.empty();
    }
    Map<String, Double> values = new TreeMap<>();
    for (JsonNode result : server.parse(call, answer).at("/data/result")) {
      values.put(result.path("metric").path(label).asText(), number(result.path("value")));
    }
    return Optional.of(values);
  }

  /**
   * Asks one query by itself, as of now.
   *
   * @param range whether it is drawn over a range of time, which not every kind of result can be
   */
  public Reply ask(String query, boolean range) {
    HttpCall call = HttpCall.get(range ? "/api/v1/query_range" : "/api/v1/query");
    call = call.query("query", query);
    if (range) {
      String now = Instant.now().toString();
      call = call.query("start", now).query("end", now).query("step", "1");
    }
    HttpAnswer answer = sent(call);
    JsonNode body = server.parse(call, answer);
    if (!answer.isGood()) {
      return new Reply(Optional.of(body.path("error").asText()), false);
    }
    return new Reply(Optional.empty(), hasNumber(body.at("/data/result")));
  }

  /** The values that a label has now in the series of a selector; empty if it is refused. */
  public Optional<Set<String>> labelValues(String selector, String label) {
    return values("group by (%s) (%s)".formatted(label, selector), label)
        .map(values -> named(values.keySet()));
  }

  /** Every value that a label has in any series. */
  public Set<String> labelValues(String label) {
    Set<String> values = new TreeSet<>();
    server
        .json(HttpCall.get("/api/v1/label/" + label + "/values"))
        .path("data")
        .forEach(value -> values.add(value.asText()));
    return named(values);
  }

  private static Set<String> named(Set<String> values) {
    Set<String> named = new TreeSet<>(values);
    named.remove("");
    return named;
  }

  /** Whether some target declares this family of metrics, be it without any series. */
  public boolean isDeclared(String family) {
    return !server
        .json(HttpCall.get("/api/v1/metadata").query("metric", family))
        .path("data")
        .isEmpty();
  }

  /** Where a person sees a query's result. */
  public String page(String query) {
    return new Prometheus(server).page(query);
  }

  private HttpAnswer sent(HttpCall call) {
    HttpAnswer answer = server.send(call);
    if (!answer.isGood() && !REFUSALS.contains(answer.status())) {
      throw server.wrong(call, "status 2xx, or a refusal", answer);
    }
    return answer;
  }

  /** Vectors and matrices hold series; a scalar is a time and a number. */
  private static boolean hasNumber(JsonNode result) {
    if (result.path(1).isTextual()) {
      return !Double.isNaN(number(result));
    }
    for (JsonNode series : result) {
      if (series.has("value") && !Double.isNaN(number(series.path("value")))) {
        return true;
      }
      for (JsonNode value : series.path("values")) {
        if (!Double.isNaN(number(value))) {
          return true;
        }
      }
    }
    return false;
  }

  private static double number(JsonNode sample) {
    String text = sample.path(1).asText();
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
