package dev.platformkit.verify.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Journeys for tests. */
public final class Journeys {
  /** The parent that every step announces. */
  public static final String ANNOUNCED = "00000000000000aa";

  private Journeys() {}

  /** A journey of two steps through gateway and cart. */
  public static Journey shopping() {
    return JourneyReader.parse(
        """
        name: shopping
        target: gateway
        steps:
          - name: log-in
            post: /v1/sessions
            json: { name: "{{unique}}", password: "{{secret}}", remember: true, tries: 2 }
            expect: { status: 201, body: { $.name: "{{unique}}" } }
            capture: { token: $.token }
          - name: view
            get: /v1/cart
            bearer: "{{token}}"
            headers: { X-Run: "{{unique}}" }
            expect: { status: 200 }
        proof:
          trace: { step: view, calls: [gateway>cart] }
          logs: { each: [gateway, cart], lines: exact }
          metrics:
            - { query: 'calls_total{service="cart"}', rises: 2, exemplar: trace }
          absent:
            - { logs: "{{secret}}" }
        """,
        "journeys/shopping.yaml");
  }

  /** A journey of one step that reaches gateway and one service more. */
  public static Journey clearing(String name, String service) {
    return JourneyReader.parse(
        """
        name: %s
        target: gateway
        steps:
          - { name: clear, delete: /v1/%s, expect: { status: 200 } }
        proof:
          trace: { step: clear, calls: [gateway>%s] }
        """
            .formatted(name, name, service),
        name + ".yaml");
  }

  /** A walk of shopping whose steps have these trace ids. */
  public static Walk walk(Instant start, Instant end, String first, String second) {
    return new Walk(
        shopping(),
        start,
        end,
        List.of(step("log-in", first), step("view", second)),
        Map.of("unique", "u", "secret", "topsecret", "token", "t"));
  }

  /** Its step view as it was sent with this trace id. */
  public static StepRun view(String trace) {
    return step("view", trace);
  }

  private static StepRun step(String name, String trace) {
    return new StepRun(name, "GET /", trace, ANNOUNCED, true, "200", "200", Duration.ofMillis(5));
  }
}
