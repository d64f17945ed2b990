package dev.platformkit.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The shop on a platform of its own, with what it needs and Prometheus but without logging: brought
 * up before the first class that is extended with {@link Shared}, taken down after the last. Each
 * test says how it is run.
 */
final class StressedShop {
  static final String NAME = RunningPlatform.NAME + "-r";

  /** How many instances of product there are, unless some test changes that. */
  static final int PRODUCTS = 2;

  /** A service starts within seconds, where its machine has nothing else to do. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final Path OVERRIDE = Cli.ROOT.resolve("it-tests/target/shop.yaml");

  private StressedShop() {}

  /**
   * Runs it with these variables for cart-api, such as {@code BREAKER=off}, and no others; without
   * a limit, unless they say one.
   */
  void run(String... cartApi) {
    Map<String, String> variables = new TreeMap<>(Map.of("RATE_LIMIT", ""));
    for (String variable : cartApi) {
      int equals = variable.indexOf('=');
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    StringBuilder override = new StringBuilder("services:\n  cart-api:\n    environment:\n");
    variables.forEach(
        (name, value) -> override.append("      %s: \"%s\"\n".formatted(name, value)));
    try {
      Files.writeString(OVERRIDE, override);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    product().goOn();
    scaleProduct(PRODUCTS);
    awaitTraffic(product());
  }

  /** Waits until carts are put together with the help of each of these instances. */
  void awaitTraffic(Replicas products) {
    Shopper shopper = shopper();
    for (String container : products.containers()) {
      Replicas one = products.only(container);
      double before =
          await(one.instance(container) + " tells what it has handled")
              .atMost(SOON)
              .ignoreException(UncheckedIOException.class)
              .until(() -> one.handled("BatchGetProducts"), handled -> true);
      await(one.instance(container) + " is asked")
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                shopper.cart();
                return one.handled("BatchGetProducts") > before;
              });
    }
  }

  /** Has product run as so many instances, as anybody would by hand. */
  void scaleProduct(int instances) {
    Path state = Cli.ROOT.resolve(".platform").resolve(NAME);
    Cli.Result up =
        Cli.in(state)
            .program(
                Path.of("docker"),
                "compose",
                "--file=compose.yaml",
                "--file=" + OVERRIDE,
                "up",
                "--detach",
                "--no-deps",
                "--pull=never",
                "--scale=product=" + instances,
                "product",
                "cart-api");
    if (up.exit() != 0) {
      throw new AssertionError(up.toString());
    }
  }

  Replicas product() {
    return Replicas.of(NAME, "product");
  }

  Replicas cartApi() {
    return Replicas.of(NAME, "cart-api");
  }

  Shopper shopper() {
    return Shopper.comesTo(FaultPlatform.address(NAME, "api-gateway", 8080));
  }

  List<Shopper> shoppers(int number) {
    return Stream.generate(this::shopper).limit(number).toList();
  }

  /** Whether the breaker of cart-api towards product is in this state, by its own word. */
  boolean breakerIs(String state) {
    return cartApi().metric("breaker_state", "target=\"product\"", "state=\"%s\"".formatted(state))
        == 1;
  }

  /** Whether there is one, and it lets through nothing or only probes. */
  boolean breakerIsNotClosed() {
    return breakerIs("open") || breakerIs("half_open");
  }

  /** The sum of what Prometheus has for a query at this moment; 0 where it has nothing. */
  double stored(String query) {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    double sum = 0;
    for (JsonNode series :
        Cli.json(FaultPlatform.ask(NAME, "GET", "prometheus", 9090, path, "")).at("/data/result")) {
      sum += series.at("/value/1").asDouble();
    }
    return sum;
  }

  /** The ids that Consul knows of instances of product, whether they are well or not. */
  List<String> registered() {
    return Cli.json(
            FaultPlatform.ask(NAME, "GET", "consul", 8500, "/v1/health/service/product", ""))
        .findValues("Service")
        .stream()
        .map(service -> service.path("ID").asText())
        .toList();
  }

  /** The spans that Jaeger has of a trace; none while it has not heard of it. */
  List<Seen> spans(String trace) {
    JsonNode found;
    try {
      found =
          Cli.json(FaultPlatform.ask(NAME, "GET", "jaeger", 16686, "/api/v3/traces/" + trace, ""));
    } catch (AssertionError e) {
      return List.of(); // 404, as long as nothing of it has arrived
    }
    return found.at("/result/resourceSpans").findValues("spans").stream()
        .flatMap(spans -> Stream.iterate(0, i -> i < spans.size(), i -> i + 1).map(spans::get))
        .map(Seen::new)
        .toList();
  }

  /** Brings it up once for all classes, and gives it to those tests that ask for it. */
  static final class Shared implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
      up(context);
    }

    private static StressedShop up(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .getOrComputeIfAbsent(StressedShop.class, key -> new Up(), Up.class)
          .shop;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().equals(StressedShop.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return up(context);
    }
  }

  private static final class Up implements AutoCloseable {
    private final StressedShop shop = new StressedShop();

    Up() {
      platform("down", "--volumes", "--yes");
      platform("up", "samples", "metrics", "--yes", "--ports", "auto");
    }

    @Override
    public void close() {
      platform("down", "--volumes", "--yes");
    }

    private static void platform(String... args) {
      Cli.Result result = Cli.platform(NAME, args);
      if (result.exit() != 0) {
        throw new AssertionError(result.toString());
      }
    }
  }

  /** A span as Jaeger has it, in OTLP's JSON. */
  record Seen(JsonNode span) {
    String name() {
      return span.path("name").asText();
    }

    boolean isServer() {
      return span.path("kind").asText().matches("2|SPAN_KIND_SERVER");
    }

    long startNanos() {
      return span.path("startTimeUnixNano").asLong();
    }

    String attribute(String key) {
      return attribute(span, key);
    }

    /** What its events of a name say of two attributes, in their order. */
    List<String> events(String name, String one, String two) {
      return Stream.iterate(0, i -> i < span.path("events").size(), i -> i + 1)
          .map(span.path("events")::get)
          .filter(event -> event.path("name").asText().equals(name))
          .map(event -> attribute(event, one) + " " + attribute(event, two))
          .toList();
    }

    private static String attribute(JsonNode of, String key) {
      for (JsonNode attribute : of.path("attributes")) {
        if (attribute.path("key").asText().equals(key)) {
          return attribute.path("value").elements().next().asText();
        }
      }
      return "";
    }
  }
}
