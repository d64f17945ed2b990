package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Consul's registry and key-value store. */
public final class Consul {
  private final HttpServer server;

  public Consul(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /**
   * One registered instance of a service.
   *
   * @param status the worst of its checks: {@code passing}, {@code warning} or {@code critical}
   * @param output what the check that decided it last said
   */
  public record Instance(
      String id, String service, String address, int port, String status, String output) {
    public Instance {
      requireNonNull(id, "id is null");
      requireNonNull(service, "service is null");
      requireNonNull(address, "address is null");
      requireNonNull(status, "status is null");
      requireNonNull(output, "output is null");
    }

    public boolean passing() {
      return status.equals("passing");
    }
  }

  /** Every registered instance of a service, whatever its state. */
  public List<Instance> instances(String service) {
    List<Instance> instances = new ArrayList<>();
    for (JsonNode entry : server.json(HttpCall.get("/v1/health/service/" + service))) {
      String status = "passing";
      String output = "";
      for (JsonNode check : entry.path("Checks")) {
        String each = check.path("Status").asText();
        if (severity(each) > severity(status)) {
          status = each;
          output = check.path("Output").asText().strip();
        }
      }
      JsonNode s = entry.path("Service");
      instances.add(
          new Instance(
              s.path("ID").asText(),
              s.path("Service").asText(),
              s.path("Address").asText(),
              s.path("Port").asInt(),
              status,
              output));
    }
    return List.copyOf(instances);
  }

  public void put(String key, String value) {
    server.sendGood(HttpCall.of("PUT", "/v1/kv/" + key).body("text/plain", value));
  }

  /** What is stored under a key. */
  public Optional<String> get(String key) {
    HttpCall call = HttpCall.get("/v1/kv/" + key).query("raw", "true");
    HttpAnswer answer = server.send(call);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isGood()) {
      throw server.wrong(call, "the value, or 404", answer);
    }
    return Optional.of(answer.body());
  }

  public void delete(String key) {
    server.sendGood(HttpCall.of("DELETE", "/v1/kv/" + key));
  }

  /** Where a person sees a service's instances. */
  public String page(String service) {
    return server.url("/ui/dc1/services/" + service + "/instances");
  }

  private static int severity(String status) {
    return switch (status) {
      case "passing" -> 0;
      case "warning" -> 1;
      default -> 2;
    };
  }
}
