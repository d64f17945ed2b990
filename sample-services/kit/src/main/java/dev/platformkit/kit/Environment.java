package dev.platformkit.kit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a service is told from outside, all of it by environment variables:
 *
 * <pre>
 * CONSUL_URL                    http://consul:8500: where to register, to find others and to read
 *                               live configuration, unless other parts are chosen for that;
 *                               without it the service does none of these
 * NATS_URL                      nats://nats:4222: for services that send or receive messages
 * OTEL_EXPORTER_OTLP_ENDPOINT   http://jaeger:4317: where spans go, by OTLP over gRPC; without it
 *                               spans are made, for logs and exemplars, but go nowhere
 * OTEL_SDK_DISABLED             true: no spans are made at all; a caller's trace is passed on
 * DATABASE_URL                  jdbc:postgresql://postgres:5432/cart
 * DATABASE_USER                 its user
 * DATABASE_PASSWORD_FILE        a file that holds the user's password
 * SERVICE_KEY_FILE              a file that holds the key which all services of the shop share: for
 *                               those that serve or call over gRPC
 * GRPC_PORT, HTTP_PORT, ADMIN_PORT   where to listen, if not on the ports of the architecture page
 * LOG_LEVEL                     the least level that is logged: INFO
 * </pre>
 *
 * and those by which {@link Parts} are chosen.
 */
public record Environment(
    String hostname,
    String address,
    Optional<URI> consul,
    Optional<URI> nats,
    Optional<URI> otlp,
    boolean traced,
    Optional<DatabaseSettings> database,
    Optional<Path> serviceKey,
    int grpcPort,
    int httpPort,
    int adminPort,
    String logLevel,
    Parts parts) {

  /** Where a service's own database is. */
  public record DatabaseSettings(String url, String user, Path passwordFile) {
    public DatabaseSettings {
      requireNonNull(url, "url is null");
      requireNonNull(user, "user is null");
      requireNonNull(passwordFile, "passwordFile is null");
    }

    /**
     * The secret, as it stands in its file.
     *
     * @throws UncheckedIOException when the file cannot be read
     */
    public String password() {
      try {
        return Files.readString(passwordFile).strip();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + passwordFile, e);
      }
    }
  }

  public Environment {
    requireNonNull(hostname, "hostname is null");
    requireNonNull(address, "address is null");
    requireNonNull(consul, "consul is null");
    requireNonNull(nats, "nats is null");
    requireNonNull(otlp, "otlp is null");
    requireNonNull(database, "database is null");
    requireNonNull(serviceKey, "serviceKey is null");
    requireNonNull(logLevel, "logLevel is null");
    requireNonNull(parts, "parts is null");
  }

  /**
   * The environment as these variables describe it.
   *
   * @throws IllegalArgumentException naming the variable that makes no sense
   */
  public static Environment of(Map<String, String> variables) {
    InetAddress self = self();
    return new Environment(
        self.getHostName(),
        self.getHostAddress(),
        uri(variables, "CONSUL_URL"),
        uri(variables, "NATS_URL"),
        uri(variables, "OTEL_EXPORTER_OTLP_ENDPOINT"),
        // As OpenTelemetry has it: whatever is not "true" is false.
        !"true".equalsIgnoreCase(variables.get("OTEL_SDK_DISABLED")),
        database(variables),
        Optional.ofNullable(variables.get("SERVICE_KEY_FILE"))
            .filter(file -> !file.isBlank())
            .map(Path::of),
        port(variables, "GRPC_PORT", 50051),
        port(variables, "HTTP_PORT", 8080),
        port(variables, "ADMIN_PORT", 9464),
        variables.getOrDefault("LOG_LEVEL", "INFO"),
        Parts.of(variables));
  }

  private static Optional<DatabaseSettings> database(Map<String, String> variables) {
    String url = variables.get("DATABASE_URL");
    if (url == null || url.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new DatabaseSettings(
            url,
            required(variables, "DATABASE_USER"),
            Path.of(required(variables, "DATABASE_PASSWORD_FILE"))));
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set, though DATABASE_URL is");
    }
    return value;
  }

  private static Optional<URI> uri(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    URI uri = URI.create(value);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(name + "=" + value + " names no host");
    }
    return Optional.of(uri);
  }

  private static int port(Map<String, String> variables, String name, int otherwise) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + "=" + value + " is no port", e);
    }
    throw new IllegalArgumentException(name + "=" + value + " is no port");
  }

  private static InetAddress self() {
    try {
      return InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("this host does not know its own address", e);
    }
  }
}
