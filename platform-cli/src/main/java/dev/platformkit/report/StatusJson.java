package dev.platformkit.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.lifecycle.ServiceStatus;
import dev.platformkit.lifecycle.Status;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;

/**
 * A status for programs:
 *
 * <pre>
 * {"schema":"platform.status/1","name":"demo","ready":true,
 *  "services":[{"service":"consul","stack":"discovery","state":"running","ready":true,
 *               "since":"2026-01-01T12:00:00Z","cause":null}],
 *  "left_out":["grafana"]}
 * </pre>
 */
public final class StatusJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusJson() {}

  public static String of(Status status) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "platform.status/1");
    root.put("name", status.name());
    root.put("ready", status.ready());
    ArrayNode services = root.putArray("services");
    status.services().forEach(service -> add(service, services.addObject()));
    ArrayNode leftOut = root.putArray("left_out");
    status.leftOut().forEach(leftOut::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(ServiceStatus service, ObjectNode node) {
    node.put("service", service.service());
    node.put("stack", service.stack());
    node.put("state", service.state());
    node.put("ready", service.ready());
    node.put(
        "since", service.since().map(t -> t.truncatedTo(ChronoUnit.SECONDS) + "").orElse(null));
    node.put("cause", service.cause().orElse(null));
  }
}
