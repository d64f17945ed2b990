package dev.platformkit.stack;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import java.util.List;
import java.util.Optional;

/**
 * When a service counts as ready, as its {@code x-platform} says:
 *
 * <pre>
 * ready: { http: 9090, path: /-/ready }
 * ready: { http: 8500, path: /v1/status/leader, body: ":8300" }
 * ready: { health: container }
 * </pre>
 */
public sealed interface Readiness {
  /** What is waited for, in words. */
  String expectation();

  /**
   * A 2xx answer over HTTP, asked from outside.
   *
   * @param port the port in the container; the question goes to wherever it is published
   * @param path with a leading slash, query included
   * @param body what the answer has to contain; empty when its status is enough
   */
  record Http(int port, String path, Optional<String> body) implements Readiness {
    public Http {
      requireNonNull(path, "path is null");
      requireNonNull(body, "body is null");
    }

    @Override
    public String expectation() {
      return "2xx from port %d %s%s"
          .formatted(port, path, body.map(text -> ", holding \"" + text + "\"").orElse(""));
    }
  }

  /** What the container's own health check says. */
  record ContainerHealth() implements Readiness {
    @Override
    public String expectation() {
      return "its health check";
    }
  }

  /** Running is ready. */
  record Running() implements Readiness {
    @Override
    public String expectation() {
      return "that it runs";
    }
  }

  /** Reads the value of {@code ready}. */
  static Readiness read(Node node) {
    Node.Mapping ready = node.asMapping();
    ready.allowOnly(List.of("http", "path", "body", "health"));
    Optional<Node> health = ready.get("health");
    if (health.isPresent()) {
      if (!health.get().asText().equals("container")) {
        throw health.get().unexpected("\"container\"");
      }
      return new ContainerHealth();
    }
    return new Http(
        ready.require("http").asInt(),
        ready.get("path").map(Node::asText).orElse("/"),
        ready.get("body").map(Node::asText));
  }
}
