package dev.platformkit.compose;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code ports:}.
 *
 * <pre>
 * - "127.0.0.1:8500:8500"
 * - 127.0.0.1::9464
 * - { target: 8080, published: 80, host_ip: 127.0.0.1 }
 * </pre>
 *
 * @param written the value to point at
 * @param inShort whether it is written as one text
 * @param hostIp the address that it is published on; empty for all of them
 * @param published the ports on the host; empty where the engine picks one
 * @param target the ports in the container
 */
public record PortMapping(
    Node.Scalar written,
    boolean inShort,
    String hostIp,
    Optional<Range> published,
    Range target,
    String protocol) {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(?<ip>\\[[0-9a-fA-F:.]+]|[0-9.]+|[0-9a-fA-F:]+:[0-9a-fA-F:]*):(?=[0-9-]*:))?"
              + "(?:(?<published>[0-9-]*):)?(?<target>[0-9-]+)(?:/(?<protocol>\\w+))?");

  /** Ports, both ends included. */
  public record Range(int first, int last) {
    /** Reads {@code 80} or {@code 8000-8010}. */
    public static Optional<Range> of(String text) {
      Matcher range = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?").matcher(text);
      if (!range.matches()) {
        return Optional.empty();
      }
      int first = Integer.parseInt(range.group(1));
      return Optional.of(
          new Range(first, range.group(2) == null ? first : Integer.parseInt(range.group(2))));
    }

    public boolean contains(int port) {
      return first <= port && port <= last;
    }

    public boolean overlaps(Range other) {
      return first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  public PortMapping {
    requireNonNull(written, "written is null");
    requireNonNull(hostIp, "hostIp is null");
    requireNonNull(published, "published is null");
    requireNonNull(target, "target is null");
    requireNonNull(protocol, "protocol is null");
  }

  /** Whether it is published on every address of the host. */
  public boolean onAllAddresses() {
    return hostIp.isEmpty() || hostIp.equals("0.0.0.0") || hostIp.equals("::");
  }

  /** Whether no other machine can reach it. */
  public boolean onLoopback() {
    return hostIp.startsWith("127.") || hostIp.equals("::1");
  }

  static List<PortMapping> read(List<Node> items, Variables variables) {
    List<PortMapping> ports = new ArrayList<>();
    for (Node item : items) {
      if (item instanceof Node.Scalar scalar) {
        ofShort(scalar, variables).ifPresent(ports::add);
      } else if (item instanceof Node.Mapping mapping) {
        ofLong(mapping, variables).ifPresent(ports::add);
      }
    }
    return List.copyOf(ports);
  }

  private static Optional<PortMapping> ofShort(Node.Scalar written, Variables variables) {
    Matcher parts = SHORT.matcher(Interpolation.of(written.text(), variables).text().strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    String ip = parts.group("ip") == null ? "" : parts.group("ip");
    Optional<Range> published = Optional.ofNullable(parts.group("published")).flatMap(Range::of);
    String protocol = parts.group("protocol") == null ? "tcp" : parts.group("protocol");
    return Range.of(parts.group("target"))
        .map(target -> new PortMapping(written, true, bare(ip), published, target, protocol));
  }

  private static Optional<PortMapping> ofLong(Node.Mapping mapping, Variables variables) {
    Optional<Node.Scalar> target = Shape.scalarAt(mapping, "target");
    return target
        .flatMap(t -> Range.of(text(t, variables)))
        .map(
            range ->
                new PortMapping(
                    Shape.scalarAt(mapping, "published").or(() -> target).orElseThrow(),
                    false,
                    Shape.scalarAt(mapping, "host_ip")
                        .map(ip -> bare(text(ip, variables)))
                        .orElse(""),
                    Shape.scalarAt(mapping, "published").flatMap(p -> Range.of(text(p, variables))),
                    range,
                    Shape.scalarAt(mapping, "protocol")
                        .map(p -> text(p, variables))
                        .orElse("tcp")));
  }

  private static String text(Node.Scalar scalar, Variables variables) {
    return Interpolation.of(scalar.text(), variables).text();
  }

  private static String bare(String ip) {
    return ip.startsWith("[") ? ip.substring(1, ip.length() - 1) : ip;
  }
}
