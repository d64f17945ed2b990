package dev.platformkit.kit.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.platformkit.kit.config.LiveConfig;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What operators and Prometheus ask a service, on a port of its own:
 *
 * <pre>
 * /metrics   OpenMetrics with exemplars, or the older text format for whoever does not accept it;
 *            with ?name[]=SAMPLE&name[]=... only those, as Prometheus' own clients do it
 * /healthz   200: the process lives
 * /readyz    200 "ready", or 503 and what is still missing; with ?instance=ID only this very
 *            instance is ready, whoever has its address by then
 * /config    the live configuration as a JSON object
 * </pre>
 */
public final class AdminServer implements AutoCloseable {
  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final String NAME = "name[]=";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService executor;

  private AdminServer(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Listens at once.
   *
   * @param missing what still keeps the service from being ready; nothing when it is
   */
  public static AdminServer start(
      int port,
      String instance,
      CollectorRegistry metrics,
      Supplier<Optional<String>> missing,
      Supplier<LiveConfig> config)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    server.setExecutor(executor);
    server.createContext("/", exchange -> answer(exchange, instance, metrics, missing, config));
    server.start();
    return new AdminServer(server, executor);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private static void answer(
      HttpExchange exchange,
      String instance,
      CollectorRegistry metrics,
      Supplier<Optional<String>> missing,
      Supplier<LiveConfig> config)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, TEXT, "GET only\n");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> metrics(exchange, metrics);
        case "/healthz" -> send(exchange, 200, TEXT, "alive\n");
        case "/readyz" -> ready(exchange, instance, missing.get());
        case "/config" ->
            send(
                exchange,
                200,
                "application/json",
                JSON.toJson(new TreeMap<>(config.get().current())) + "\n");
        default -> send(exchange, 404, TEXT, "/metrics /healthz /readyz /config\n");
      }
    }
  }

  private static void ready(HttpExchange exchange, String instance, Optional<String> missing)
      throws IOException {
    String query = exchange.getRequestURI().getQuery();
    if (query != null && !query.equals("instance=" + instance)) {
      send(exchange, 503, TEXT, "this is " + instance + "\n");
    } else if (missing.isPresent()) {
      send(exchange, 503, TEXT, missing.get() + "\n");
    } else {
      send(exchange, 200, TEXT, "ready\n");
    }
  }

  private static void metrics(HttpExchange exchange, CollectorRegistry metrics) throws IOException {
    String format = TextFormat.chooseContentType(exchange.getRequestHeaders().getFirst("Accept"));
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
    Set<String> names = names(exchange.getRequestURI().getQuery());
    try (Writer writer = new OutputStreamWriter(body, UTF_8)) {
      TextFormat.writeFormat(format, writer, metrics.filteredMetricFamilySamples(names));
    }
    send(exchange, 200, format, body.toByteArray());
  }

  /** The samples that are asked for; none where all are. */
  private static Set<String> names(String query) {
    return query == null
        ? Set.of()
        : Stream.of(query.split("&"))
            .filter(part -> part.startsWith(NAME))
            .map(part -> part.substring(NAME.length()))
            .collect(Collectors.toSet());
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type, body.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
