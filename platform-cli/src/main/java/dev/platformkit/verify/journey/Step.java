package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.platformkit.source.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request of a journey.
 *
 * <pre>
 * - name: register
 *   post: /v1/users
 *   json: { name: "{{unique}}", password: "{{secret}}" }
 *   expect: { status: 201, body: { $.name: "{{unique}}" } }
 *   capture: { user: $.id }
 * </pre>
 *
 * <p>A step may be sent more than once: {@code times: 5}, one after the other or, with {@code
 * at_once: 3}, so many at the same moment; or until it is answered as expected, {@code await:
 * true}, where what it asks for comes about a moment later.
 *
 * @param headers {@code bearer: TOKEN} is short for an Authorization header
 * @param statuses the status that the answer must have; where there are several, each answer has
 *     one of them, and each of them some answer
 * @param body what an answer of the first status must hold
 * @param captures what later steps need of the answer
 */
public record Step(
    String name,
    Position position,
    String method,
    Template path,
    Optional<JsonNode> json,
    Map<String, Template> headers,
    Sending sending,
    List<Integer> statuses,
    Map<JsonPath, Template> body,
    Map<String, JsonPath> captures) {
  /**
   * How often a step is sent, and when.
   *
   * @param times at most; where several statuses are expected, until each of them was answered
   * @param atOnce how many are under way at the same moment
   * @param awaited whether it is sent until it is answered as expected
   */
  public record Sending(int times, int atOnce, boolean awaited) {}

  public Step {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(json, "json is null");
    headers = Map.copyOf(headers);
    requireNonNull(sending, "sending is null");
    statuses = List.copyOf(statuses);
    body = Map.copyOf(body);
    captures = Map.copyOf(captures);
  }

  /** Whether it changes nothing, as HTTP defines it, and may be sent as often as one likes. */
  public boolean isSafe() {
    return method.equals("GET");
  }
}
