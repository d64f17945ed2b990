package dev.platformkit.shop.gateway;

import dev.platformkit.kit.http.HttpProblem;
import dev.platformkit.kit.http.HttpReply;
import dev.platformkit.kit.http.HttpRequest;
import dev.platformkit.kit.http.Route;
import dev.platformkit.shop.cartapi.v1.AddItemRequest;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc.CartApiServiceBlockingStub;
import dev.platformkit.shop.cartapi.v1.GetCartRequest;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ProductServiceGrpc.ProductServiceBlockingStub;
import dev.platformkit.shop.user.v1.AuthenticateRequest;
import dev.platformkit.shop.user.v1.LogInRequest;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What can be asked of the shop, and which service answers it. */
final class Gateway {
  private static final String BEARER = "bearer ";

  private final UserServiceBlockingStub users;
  private final ProductServiceBlockingStub products;
  private final CartApiServiceBlockingStub carts;
  private final Backends backends;

  Gateway(
      UserServiceBlockingStub users,
      ProductServiceBlockingStub products,
      CartApiServiceBlockingStub carts,
      Duration deadline) {
    backends = new Backends(deadline);
    this.users = users;
    this.products = products;
    this.carts = carts;
  }

  List<Route> routes() {
    return List.of(
        route("POST", "/v1/users", this::register),
        route("POST", "/v1/sessions", this::logIn),
        route("GET", "/v1/products", this::products),
        route("GET", "/v1/products/{id}", this::product),
        route("POST", "/v1/cart/items", this::addItem),
        route("GET", "/v1/cart", this::cart));
  }

  private Route route(String method, String template, Route.Handler handler) {
    return new Route(method, template, request -> backends.call(() -> handler.handle(request)));
  }

  private HttpReply register(HttpRequest request) {
    Shapes.Credentials who = request.json(Shapes.Credentials.class);
    return HttpReply.json(
        201,
        Shapes.User.of(
            users.register(
                RegisterRequest.newBuilder()
                    .setName(who.name())
                    .setPassword(who.password())
                    .build())));
  }

  private HttpReply logIn(HttpRequest request) {
    Shapes.Credentials who = request.json(Shapes.Credentials.class);
    return HttpReply.json(
        201,
        new Shapes.Session(
            users
                .logIn(
                    LogInRequest.newBuilder()
                        .setName(who.name())
                        .setPassword(who.password())
                        .build())
                .getToken()));
  }

  private HttpReply products(HttpRequest request) {
    return HttpReply.json(
        200,
        Shapes.Products.of(
            products.listProducts(
                ListProductsRequest.newBuilder()
                    .setPageSize(request.query("page_size", 0))
                    .setPageToken(request.query("page_token").orElse(""))
                    .build())));
  }

  private HttpReply product(HttpRequest request) {
    return HttpReply.json(
        200,
        Shapes.Product.of(
            products
                .getProduct(GetProductRequest.newBuilder().setProductId(request.path("id")).build())
                .getProduct()));
  }

  private HttpReply addItem(HttpRequest request) {
    String user = userOf(request);
    Shapes.NewItem item = request.json(Shapes.NewItem.class);
    return HttpReply.json(
        201,
        Shapes.Line.of(
            carts
                .addItem(
                    AddItemRequest.newBuilder()
                        .setUserId(user)
                        .setProductId(item.productId())
                        .setQuantity(item.quantity())
                        .build())
                .getLine()));
  }

  private HttpReply cart(HttpRequest request) {
    String user = userOf(request);
    return HttpReply.json(
        200, Shapes.Cart.of(carts.getCart(GetCartRequest.newBuilder().setUserId(user).build())));
  }

  /** Who asks, as the user service knows from the session's token. */
  private String userOf(HttpRequest request) {
    String authorization = request.header("Authorization").orElse("");
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw HttpProblem.of(401, "this needs the header Authorization: Bearer <token>")
          .header("WWW-Authenticate", "Bearer");
    }
    String token = authorization.substring(BEARER.length()).strip();
    return users.authenticate(AuthenticateRequest.newBuilder().setToken(token).build()).getUserId();
  }
}
