package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.platformkit.source.Position;
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
 * @param headers {@code bearer: TOKEN} is short for an Authorization header
 * @param status the status that the answer must have
 * @param body what the answer must hold
 * @param captures what later steps need of the answer
 */
public record Step(
    String name,
    Position position,
    String method,
    Template path,
    Optional<JsonNode> json,
    Map<String, Template> headers,
    int status,
    Map<JsonPath, Template> body,
    Map<String, JsonPath> captures) {
  public Step {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(json, "json is null");
    headers = Map.copyOf(headers);
    body = Map.copyOf(body);
    captures = Map.copyOf(captures);
  }

  /** Whether it changes nothing, as HTTP defines it, and may be sent as often as one likes. */
  public boolean isSafe() {
    return method.equals("GET");
  }
}
