package dev.platformkit.report;

import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Exhibits;
import dev.platformkit.verify.Exhibits.InStore;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.journey.StepRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs of verify for tests of what is made of them. */
public final class Runs {
  public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  public static final Instant STARTED = Instant.parse("2026-01-01T12:00:00Z");

  private static final String ANNOUNCED = "00f067aa0ba902b7";

  private Runs() {}

  /** A run whose journey is called shopping, of which nothing was seen but its step. */
  public static Evidence run(Verdict verdict, Check... checks) {
    return run(verdict, Exhibits.none(), checks);
  }

  /** A run whose journey is called shopping, and what was seen of it. */
  public static Evidence run(Verdict verdict, Exhibits exhibits, Check... checks) {
    StepRun step =
        new StepRun(
            "log-in",
            "POST /v1/sessions",
            TRACE,
            ANNOUNCED,
            true,
            "201",
            "201",
            Duration.ofMillis(12));
    return new Evidence(
        "7f3a",
        STARTED,
        Duration.ofMillis(9_810),
        verdict,
        new Evidence.Subject(
            "demo",
            List.of(new Evidence.Image("consul", "platform.local/consul:1", "sha256:aa")),
            Map.of("stacks/data/compose.yaml", "sha256:bb")),
        List.of(
            new Evidence.JourneyEvidence(
                "shopping", verdict, TRACE, Duration.ofMillis(212), List.of(step), exhibits)),
        List.of(checks));
  }

  public static Check check(String id, Verdict verdict, String subject, String observed) {
    return new Check(
        id,
        verdict,
        subject,
        "what is good",
        observed,
        List.of(),
        Way.none(),
        List.of(),
        Duration.ofMillis(500));
  }

  /** A trace of three spans, three lines of which one is missing, a counter that rose. */
  public static Exhibits exhibits() {
    return new Exhibits(
        List.of(
            new Exhibits.Trace(
                "log-in",
                TRACE,
                List.of(
                    span("a1", ANNOUNCED, "gateway", "POST /v1/sessions", "server", 0, 11_900),
                    span(
                        "a2",
                        "a1",
                        "gateway",
                        "shop.user.v1.UserService/LogIn",
                        "client",
                        2,
                        9_000),
                    span(
                        "a3",
                        "a2",
                        "user",
                        "shop.user.v1.UserService/LogIn",
                        "server",
                        3,
                        7_000)))),
        List.of(
            line(1, "gateway", "{\"log.level\":\"INFO\",\"message\":\"took it\"}", InStore.STORED),
            line(2, "user", "{\"message\":\"<b>bought</b> & paid\"}", InStore.MISSING),
            line(3, "user", "plain text", InStore.STORED)),
        List.of(
            new Exhibits.Rise(
                "calls_total{service=\"user\"}",
                List.of(new Exhibits.Series(Map.of("method", "LogIn"), 4, 5, 1)),
                Optional.of(TRACE))));
  }

  private static Exhibits.Span span(
      String id, String parent, String service, String name, String kind, int start, int micros) {
    return new Exhibits.Span(
        id,
        parent,
        service,
        name,
        kind,
        STARTED.plusMillis(start),
        Duration.ofNanos(micros * 1_000L),
        false);
  }

  private static Exhibits.Line line(int millis, String service, String text, InStore inStore) {
    return new Exhibits.Line(
        Optional.of(STARTED.plusMillis(millis)),
        service,
        "demo-" + service + "-1",
        text.contains("INFO") ? Optional.of("INFO") : Optional.empty(),
        TRACE,
        text,
        inStore);
  }
}
