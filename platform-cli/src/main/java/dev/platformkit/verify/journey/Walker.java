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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Goes journeys: sends their steps one after the other, each with a trace of its own, whose state
 * says that it is a proof, so that a service may keep what it knows of it until it was looked at.
 */
public final class Walker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration AWAITED = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  /** A field of JSON by whose name its value is nobody's business, be it cut off or not. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)(\"[^\"]*(?:token|secret|password)[^\"]*\"\\s*:\\s*\")[^\"]*");

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
   * @param echoed the names of steps that change nothing and are sent many times in their place:
   *     what is lost only now and then is not seen by asking once. A service that finds it too many
   *     is not asked on
   */
  public Walk walk(Journey journey, String unique, String secret, Set<String> echoed) {
    Map<String, String> values = new HashMap<>();
    values.put("unique", unique);
    values.put("secret", secret);
    Instant start = Instant.now();
    List<StepRun> runs = new ArrayList<>();
    List<StepRun> again = new ArrayList<>();
    for (Step step : journey.steps()) {
      List<Sent> sent = sendAll(step, values);
      Sent last = sent.get(sent.size() - 1);
      runs.add(last.run());
      sent.subList(0, sent.size() - 1).forEach(earlier -> again.add(earlier.run()));
      boolean good = sent.stream().allMatch(each -> each.run().good());
      int times = echoed.contains(step.name()) ? ECHOES : 0;
      for (int i = sent.size(); i <= times && good; i++) {
        last = send(step, new HashMap<>(values));
        if (last.status() == TOO_MANY_REQUESTS) {
          break;
        }
        again.add(last.run());
        good = last.run().good();
      }
      if (!good && last.status() != TOO_MANY_REQUESTS) {
        break;
      }
    }
    return new Walk(journey, start, Instant.now(), runs, again, values);
  }

  /** A step as sent, and the status of its answer; 0 where none came. */
  private record Sent(StepRun run, int status) {
    Sent judged(boolean good, String observed) {
      return new Sent(run.judged(good, observed), status);
    }
  }

  /** A step as often as it asks for; the last one is the step, the others came before it. */
  private List<Sent> sendAll(Step step, Map<String, String> values) {
    if (step.sending().awaited()) {
      return await(step, values);
    }
    if (step.sending().times() == 1) {
      return List.of(send(step, values));
    }
    AtomicInteger left = new AtomicInteger(step.sending().times());
    Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    Runnable sender =
        () -> {
          while (!isEnough(step, sent) && left.getAndDecrement() > 0) {
            sent.add(send(step, new HashMap<>(values)));
          }
        };
    int senders = step.sending().atOnce();
    ExecutorService threads = Executors.newFixedThreadPool(senders);
    try {
      List<CompletableFuture<Void>> underWay = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        underWay.add(CompletableFuture.runAsync(sender, threads));
      }
      underWay.forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
    return each(step, List.copyOf(sent));
  }

  /** Whether a further answer could tell nothing more. */
  private static boolean isEnough(Step step, Collection<Sent> sent) {
    Set<Integer> seen = sent.stream().map(Sent::status).collect(Collectors.toSet());
    return sent.stream().anyMatch(each -> !each.run().good())
        || (step.statuses().size() > 1 && seen.containsAll(step.statuses()));
  }

  /** Where several statuses are expected, some answer must have each of them. */
  private static List<Sent> each(Step step, List<Sent> sent) {
    for (int status : step.statuses()) {
      if (sent.stream().allMatch(each -> each.run().good())
          && sent.stream().noneMatch(each -> each.status() == status)) {
        int last = sent.size() - 1;
        List<Sent> without = new ArrayList<>(sent);
        without.set(
            last,
            sent.get(last).judged(false, "no %d among %d answers".formatted(status, last + 1)));
        return without;
      }
    }
    return sent;
  }

  /** Sends a step until it is answered as expected; what was answered before that is no fault. */
  private List<Sent> await(Step step, Map<String, String> values) {
    long begin = System.nanoTime();
    List<Sent> sent = new ArrayList<>();
    while (true) {
      Sent now = send(step, values);
      if (now.run().good() || System.nanoTime() - begin > AWAITED.toNanos()) {
        sent.add(now);
        return sent;
      }
      sent.add(now.judged(true, "not yet: " + now.run().observed()));
      try {
        Thread.sleep(BETWEEN.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        sent.set(sent.size() - 1, now);
        return sent;
      }
    }
  }

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
    if (!step.statuses().contains(answer.status())) {
      return new Outcome(false, shown(answer));
    }
    boolean first = answer.status() == step.statuses().get(0);
    if (!first || (step.body().isEmpty() && step.captures().isEmpty())) {
      return new Outcome(true, Integer.toString(answer.status()));
    }
    JsonNode json;
    try {
      json = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return new Outcome(false, shown(answer) + ", which is not JSON");
    }
    for (Map.Entry<JsonPath, Template> each : step.body().entrySet()) {
      String wanted = each.getValue().with(values);
      Optional<String> found = each.getKey().in(json);
      if (!found.equals(Optional.of(wanted))) {
        return new Outcome(
            false,
            "%s is %s in %s"
                .formatted(each.getKey().text(), found.orElse("missing"), shown(answer)));
      }
    }
    for (Map.Entry<String, JsonPath> capture : step.captures().entrySet()) {
      Optional<String> found = capture.getValue().in(json);
      if (found.isEmpty()) {
        return new Outcome(
            false, "no %s in %s".formatted(capture.getValue().text(), shown(answer)));
      }
      values.put(capture.getKey(), found.get());
    }
    return new Outcome(true, Integer.toString(answer.status()));
  }

  /** An answer without what only its receiver may know. */
  private static String shown(HttpAnswer answer) {
    return SECRET.matcher(answer.summary()).replaceAll("$1…");
  }

  private static String expected(Step step) {
    StringBuilder text =
        new StringBuilder(
            step.statuses().stream().map(Object::toString).collect(Collectors.joining(" and ")));
    if (step.sending().times() > 1) {
      text.append(", ").append(step.sending().times()).append(" times");
    }
    step.body().forEach((path, value) -> text.append(", " + path.text() + " is " + value.text()));
    step.captures().values().forEach(path -> text.append(", has ").append(path.text()));
    return text.toString();
  }
}
