package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.HttpAnswer;
import dev.platformkit.backend.HttpCall;
import dev.platformkit.backend.HttpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes journeys: sends their steps one after the other, each with a trace of its own, whose state
 * says that it is a proof, so that a service may keep what it knows of it until it was looked at.
 */
public final class Walker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);
  private static final int ECHOES = 12;
  private static final int TOO_MANY_REQUESTS = 429;

  private final HttpServer target;

  public Walker(HttpServer target) {
    this.target = requireNonNull(target, "target is null").patient(STEP_TIMEOUT);
  }

  /**
   * Goes a journey until its end, or until a step is not answered as expected.
   *
   * @param unique stands for {@code {{unique}}}
   * @param secret stands for {@code {{secret}}}
   */
  public Walk walk(Journey journey, String unique, String secret) {
    return walk(journey, unique, secret, 0);
  }

  /**
   * Goes a journey as {@link #walk}, and sends each step that asks and changes nothing many times
   * in its place: what is lost only now and then is not seen by asking once. A service that finds
   * it too many is not asked on.
   */
  public Walk echoing(Journey journey, String unique, String secret) {
    long safe = journey.steps().stream().filter(Step::isSafe).count();
    return walk(journey, unique, secret, safe == 0 ? 0 : (int) Math.max(6, ECHOES / safe));
  }

  private Walk walk(Journey journey, String unique, String secret, int echoes) {
    Map<String, String> values = new HashMap<>();
    values.put("unique", unique);
    values.put("secret", secret);
    Instant start = Instant.now();
    List<StepRun> runs = new ArrayList<>();
    List<StepRun> again = new ArrayList<>();
    for (Step step : journey.steps()) {
      Sent sent = send(step, values);
      runs.add(sent.run());
      for (int i = 0; i < echoes && sent.run().good() && step.isSafe(); i++) {
        sent = send(step, new HashMap<>(values));
        if (sent.status() == TOO_MANY_REQUESTS) {
          break;
        }
        again.add(sent.run());
      }
      if (!sent.run().good() && sent.status() != TOO_MANY_REQUESTS) {
        break;
      }
    }
    return new Walk(journey, start, Instant.now(), runs, again, values);
  }

  /** A step as sent, and the status of its answer; 0 where none came. */
  private record Sent(StepRun run, int status) {}

  private Sent send(Step step, Map<String, String> values) {
    String traceId = Ids.trace();
    String spanId = Ids.span();
    HttpCall call =
        call(step, values)
            .header("traceparent", Ids.traceparent(traceId, spanId))
            .header("tracestate", "platformkit=verify");
    long start = System.nanoTime();
    Outcome outcome;
    int status = 0;
    try {
      HttpAnswer answer = target.send(call);
      status = answer.status();
      outcome = judge(step, answer, values);
    } catch (BackendException e) {
      outcome = new Outcome(false, e.getMessage());
    }
    StepRun run =
        new StepRun(
            step.name(),
            step.method() + " " + step.path().text(),
            traceId,
            spanId,
            outcome.good(),
            expected(step),
            outcome.observed(),
            Duration.ofNanos(System.nanoTime() - start));
    return new Sent(run, status);
  }

  private record Outcome(boolean good, String observed) {}

  private static HttpCall call(Step step, Map<String, String> values) {
    String path = step.path().with(values);
    HttpCall call = HttpCall.of(step.method(), path);
    if (step.json().isPresent()) {
      String body = JsonBody.with(step.json().get(), values).toString();
      call = call.body("application/json", body);
    }
    for (Map.Entry<String, Template> header : step.headers().entrySet()) {
      call = call.header(header.getKey(), header.getValue().with(values));
    }
    return call;
  }

  private static Outcome judge(Step step, HttpAnswer answer, Map<String, String> values) {
    if (answer.status() != step.status()) {
      return new Outcome(false, answer.summary());
    }
    if (step.body().isEmpty() && step.captures().isEmpty()) {
      return new Outcome(true, Integer.toString(answer.status()));
    }
    JsonNode json;
    try {
      json = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return new Outcome(false, answer.summary() + ", which is not JSON");
    }
    for (Map.Entry<JsonPath, Template> each : step.body().entrySet()) {
      String wanted = each.getValue().with(values);
      Optional<String> found = each.getKey().in(json);
      if (!found.equals(Optional.of(wanted))) {
        return new Outcome(
            false,
            "%s is %s in %s"
                .formatted(each.getKey().text(), found.orElse("missing"), answer.summary()));
      }
    }
    for (Map.Entry<String, JsonPath> capture : step.captures().entrySet()) {
      Optional<String> found = capture.getValue().in(json);
      if (found.isEmpty()) {
        return new Outcome(
            false, "no %s in %s".formatted(capture.getValue().text(), answer.summary()));
      }
      values.put(capture.getKey(), found.get());
    }
    return new Outcome(true, Integer.toString(answer.status()));
  }

  private static String expected(Step step) {
    StringBuilder text = new StringBuilder(Integer.toString(step.status()));
    step.body().forEach((path, value) -> text.append(", " + path.text() + " is " + value.text()));
    step.captures().values().forEach(path -> text.append(", has ").append(path.text()));
    return text.toString();
  }
}
