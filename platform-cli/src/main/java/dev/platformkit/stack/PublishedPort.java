package dev.platformkit.stack;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port of a service that is published on a fixed port of the host. Ports published wherever there
 * is room ({@code 127.0.0.1::9464}) and ranges are none of these.
 *
 * @param service the service that publishes it
 * @param address the host's address, {@code 0.0.0.0} where the file names none
 * @param host the port on the host
 * @param container the port in the container
 * @param variable the variable that alone decides the host's port, if one does
 * @param position where the file publishes it
 */
public record PublishedPort(
    String service,
    String address,
    int host,
    int container,
    Optional<String> variable,
    Position position) {
  public PublishedPort {
    requireNonNull(service, "service is null");
    requireNonNull(address, "address is null");
    requireNonNull(variable, "variable is null");
    requireNonNull(position, "position is null");
  }

  /** The fixed TCP ports of a service, in the order of the file. */
  public static List<PublishedPort> of(Service service, Variables variables) {
    List<PublishedPort> ports = new ArrayList<>();
    service
        .definition()
        .get("ports")
        .ifPresent(
            list ->
                list.asSequence()
                    .items()
                    .forEach(item -> read(service, item, variables).ifPresent(ports::add)));
    return ports;
  }

  private static Optional<PublishedPort> read(Service service, Node item, Variables variables) {
    if (item instanceof Node.Mapping mapping) {
      return readLong(service, mapping, variables);
    }
    String written = item.asText();
    if (written.endsWith("/udp")) {
      return Optional.empty();
    }
    List<String> parts = split(written.replaceFirst("/tcp$", ""));
    if (parts.size() < 2) {
      return Optional.empty();
    }
    String address = parts.size() > 2 ? parts.get(0) : "0.0.0.0";
    String host = parts.get(parts.size() - 2);
    String container = parts.get(parts.size() - 1);
    return read(service, item.position(), address, host, container, variables);
  }

  private static Optional<PublishedPort> readLong(
      Service service, Node.Mapping port, Variables variables) {
    boolean udp = port.get("protocol").map(p -> p.asText().equals("udp")).orElse(false);
    Optional<Node> published = port.get("published");
    if (udp || published.isEmpty()) {
      return Optional.empty();
    }
    return read(
        service,
        port.position(),
        port.get("host_ip").map(Node::asText).orElse("0.0.0.0"),
        published.get().asText(),
        port.require("target").asText(),
        variables);
  }

  private static Optional<PublishedPort> read(
      Service service,
      Position position,
      String address,
      String host,
      String container,
      Variables variables) {
    String hostPort = variables.expand(host, position);
    String containerPort = variables.expand(container, position);
    if (!hostPort.matches("[1-9]\\d{0,4}") || !containerPort.matches("[1-9]\\d{0,4}")) {
      return Optional.empty();
    }
    return Optional.of(
        new PublishedPort(
            service.name(),
            variables.expand(address, position),
            Integer.parseInt(hostPort),
            Integer.parseInt(containerPort),
            Variables.sole(host),
            position));
  }

  /** Splits at colons, but not at those inside <code>${…}</code> or brackets. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      if (c == ':' && depth == 0) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
