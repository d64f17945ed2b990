package dev.platformkit.it.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.platformkit.it.ShopPlatform;
import io.grpc.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The one shop that all these tests share: the services' own images with real servers behind them,
 * asked over gRPC and HTTP, and looked at from behind. Tests of it run one after the other, each in
 * milliseconds: what one of them must not have written, no other one writes meanwhile.
 */
final class Shop implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";

  private static final Metadata.Key<String> SERVICE = key("x-service-token");
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

  /** An access token is good for ten minutes, and a test must not meet its end. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  private static final Map<String, String> CONTRACTS =
      Map.of(
          "cart", "shop.cart.v1.CartService",
          "cart-api", "shop.cartapi.v1.CartApiService",
          "category", "shop.category.v1.CategoryService",
          "order", "shop.order.v1.OrderService",
          "product", "shop.product.v1.ProductService",
          "user", "shop.user.v1.UserService");

  private final ShopPlatform platform = ShopPlatform.up();
  private final Map<String, String> secrets = platform.secrets();
  private final Map<String, GrpcService> services = new LinkedHashMap<>();
  private final Map<String, Shopper> known = new LinkedHashMap<>();
  private final Web web = new Web(platform.port("api-gateway", 8080));
  private final Rows rows =
      new Rows(
          platform.port("postgres", 5432),
          secrets.get("postgres-password"),
          ShopPlatform.DATABASES);

  private final Events events = new Events(platform.port("nats", 4222));

  ShopPlatform platform() {
    return platform;
  }

  Web web() {
    return web;
  }

  Rows rows() {
    return rows;
  }

  Events events() {
    return events;
  }

  String secret(String name) {
    return secrets.get(name);
  }

  Map<String, String> secrets() {
    return secrets;
  }

  GrpcService service(String name) {
    return services.computeIfAbsent(
        name, service -> GrpcService.at(platform.grpcPort(service), CONTRACTS.get(service)));
  }

  /** A service's answer; values stand for each {@code %s} of the request. */
  JsonNode call(String service, Asker asker, String method, String request, Object... values) {
    return service(service).call(headers(service, asker), method, Json.of(request, values));
  }

  /** How a service refuses to answer. */
  Refused refusal(String service, Asker asker, String method, String request, Object... values) {
    return service(service).refusal(headers(service, asker), method, Json.of(request, values));
  }

  /** What is sent along with a call. */
  Metadata headers(String service, Asker asker) {
    Metadata headers = new Metadata();
    if (asker.isService()) {
      headers.put(SERVICE, ServiceToken.signed(secret("service-key"), service));
    }
    asker.token(this).ifPresent(token -> headers.put(AUTHORIZATION, "Bearer " + token));
    return headers;
  }

  static Metadata headers(String serviceToken, Optional<String> accessToken) {
    Metadata headers = new Metadata();
    headers.put(SERVICE, serviceToken);
    accessToken.ifPresent(token -> headers.put(AUTHORIZATION, "Bearer " + token));
    return headers;
  }

  /** The gateway's answer. */
  Reply http(String method, String path, Asker asker, String body, Object... values) {
    return web.send(method, path, asker.token(this), Json.of(body, values));
  }

  /** A new customer, who has logged in. */
  Shopper newShopper() {
    String name = "shopper-" + UUID.randomUUID();
    call("user", Who.NOBODY, "Register", "{'name':'%s','password':'%s'}", name, PASSWORD);
    return logIn(name, PASSWORD);
  }

  Shopper logIn(String name, String password) {
    JsonNode session =
        call("user", Who.NOBODY, "LogIn", "{'name':'%s','password':'%s'}", name, password);
    return new Shopper(
        session.path("user_id").asText(),
        name,
        password,
        session.path("token").asText(),
        session.path("refresh_token").asText(),
        Instant.now());
  }

  /** The same customer for whoever only needs one. */
  Shopper customer() {
    if (!isFresh("customer")) {
      known.put("customer", newShopper());
    }
    return known.get("customer");
  }

  Shopper admin() {
    if (!isFresh("admin")) {
      known.put("admin", logIn("admin", secret("admin-password")));
    }
    return known.get("admin");
  }

  private boolean isFresh(String name) {
    return known.containsKey(name) && known.get(name).since().isAfter(Instant.now().minus(FRESH));
  }

  /** Does this, after which every table of every service has to hold what it held before. */
  void expectNothingWritten(Runnable attempt, String... excepted) {
    // Who asks has logged in before that.
    customer();
    admin();
    Rows.Snapshot before = rows.all();
    attempt.run();
    assertThat(before.changesTo(rows.all(), excepted)).as("rows that were written").isEmpty();
  }

  /** The value of a series at a service's {@code /metrics}; 0 where it is not there. */
  double metric(String service, String series) {
    return platform
        .ask("GET", service, 9464, "/metrics", "")
        .lines()
        // One of the two formats ends labels with a comma.
        .map(line -> line.replace(",} ", "} "))
        .filter(line -> line.startsWith(series + " "))
        .map(line -> line.substring(series.length() + 1).split(" ", 2)[0])
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElse(0);
  }

  /** Writes a value that a service follows while it runs. */
  void configure(String service, String key, String value) {
    platform.ask("PUT", "consul", 8500, "/v1/kv/config/" + service + "/" + key, value);
  }

  /** Takes such a value away. */
  void configureNoMore(String service, String key) {
    platform.ask("DELETE", "consul", 8500, "/v1/kv/config/" + service + "/" + key, "");
  }

  /** Takes in a product of which there are so many, at 250 cents; its id. */
  String newProduct(int stock) {
    String id = "p-" + UUID.randomUUID();
    call(
        "product",
        Who.ADMIN,
        "CreateProduct",
        "{'product':{'id':'%s','name':'Thing','price_cents':250,'currency':'EUR','stock':%s}}",
        id,
        stock);
    return id;
  }

  /** How many there are of a product. */
  int stock(String product) {
    return Integer.parseInt(
        rows.texts("product", "SELECT stock FROM product WHERE id = ?", product).get(0));
  }

  /** Puts so many of a product into a cart and checks it out; the order's id. */
  String checkOut(Shopper shopper, String product, int quantity) {
    call("cart", shopper, "AddItem", "{'product_id':'%s','quantity':%s}", product, quantity);
    return call("cart", shopper, "CheckOut", "{}").path("order_id").asText();
  }

  /** What a service has logged so far. */
  List<JsonNode> logged(String service) {
    return platform.lines(service).stream()
        .filter(line -> line.startsWith("{"))
        .map(Json::read)
        .toList();
  }

  @Override
  public void close() {
    services.values().forEach(GrpcService::close);
    rows.close();
    events.close();
    platform.close();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** Has it running before the first class that needs it, until after the last. */
  static final class Running implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
      shop(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().equals(Shop.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return shop(context);
    }

    private static Shop shop(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .getOrComputeIfAbsent(Shop.class, key -> new Shop(), Shop.class);
    }
  }
}
