package dev.platformkit.shop.cartapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.grpc.Channels;
import dev.platformkit.kit.resilience.Guards;
import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.cart.v1.GetCartResponse;
import dev.platformkit.shop.cart.v1.Item;
import dev.platformkit.shop.cartapi.v1.AddItemRequest;
import dev.platformkit.shop.cartapi.v1.Cart;
import dev.platformkit.shop.cartapi.v1.ChangeItemRequest;
import dev.platformkit.shop.cartapi.v1.Degradation;
import dev.platformkit.shop.cartapi.v1.GetCartRequest;
import dev.platformkit.shop.cartapi.v1.Line;
import dev.platformkit.shop.product.v1.BatchGetProductsRequest;
import dev.platformkit.shop.product.v1.BatchGetProductsResponse;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.user.v1.GetProfileRequest;
import dev.platformkit.shop.user.v1.User;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CartViewsTest {
  /** The machine may have other things to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Product MUG =
      Product.newBuilder().setId("p-1").setName("Mug").setPriceCents(1290).build();

  private final Map<String, Integer> cart = new LinkedHashMap<>();
  private volatile Optional<Status> productFails = Optional.empty();
  private volatile Optional<Status> userFails = Optional.empty();
  private volatile Optional<Status> cartFails = Optional.empty();
  private volatile Map<String, Product> productsForSale = Map.of(MUG.getId(), MUG);
  private volatile boolean productHangs;
  private volatile boolean userHangs;
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Degradations degradations = new Degradations(metrics);
  private Server server;
  private ManagedChannel channel;
  private CartViews views;

  @BeforeEach
  void start() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new Carts())
            .addService(new Products())
            .addService(new Users())
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    views = views(new Shop.Times(PATIENCE, PATIENCE, PATIENCE));
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void aCartIsShownWithItsProductsItsTotalAndItsOwner() {
    add("p-1", 2);

    Cart shown = cart();

    assertThat(shown.getItems(0).getProduct()).isEqualTo(MUG);
    assertThat(shown.getItems(0).getQuantity()).isEqualTo(2);
    assertThat(shown.getTotalCents()).isEqualTo(2580);
    assertThat(shown.getDisplayName()).isEqualTo("ann");
    assertThat(shown.getDegradedList()).isEmpty();
  }

  @Test
  void whatDoesNotExistIsNotAdded() {
    assertThatThrownBy(() -> add("p-9", 1)).hasMessageStartingWith("NOT_FOUND");
    assertThat(cart).isEmpty();
  }

  @Test
  void withoutProductTheCartIsShownAsItWasLastKnownAndSaysSo() {
    add("p-1", 2);
    productFails = Optional.of(Status.UNAVAILABLE);

    Cart shown = cart();

    assertThat(shown.getItems(0).getProduct()).isEqualTo(MUG);
    assertThat(shown.getItems(0).getStale()).isTrue();
    assertThat(shown.getTotalCents()).isEqualTo(2580);
    assertThat(shown.getDegradedList())
        .containsExactly(
            Degradation.newBuilder().setService("product").setReason("UNAVAILABLE").build());
    assertThat(degraded("product")).isEqualTo(1);
  }

  @Test
  void whatIsKnownIsAddedAlsoWithoutProduct() {
    add("p-1", 1);
    productFails = Optional.of(Status.DEADLINE_EXCEEDED);

    assertThat(add("p-1", 1).getStale()).isTrue();
    assertThat(cart).containsEntry("p-1", 2);
    assertThatThrownBy(() -> add("p-2", 1)).hasMessageStartingWith("DEADLINE_EXCEEDED");
  }

  @Test
  void withoutUserTheCartIsNobodysByNameAndSaysSo() {
    userFails = Optional.of(Status.UNAVAILABLE);

    assertThat(cart().getDisplayName()).isEmpty();
    assertThat(cart().getDegraded(0).getService()).isEqualTo("user");
  }

  @Test
  void withoutCartThereIsNothingToShow() {
    cartFails = Optional.of(Status.UNAVAILABLE);

    assertThatThrownBy(this::cart).hasMessageStartingWith("UNAVAILABLE");
  }

  @Test
  void whatUserRefusesIsTheCallersToKnow() {
    userFails = Optional.of(Status.UNAUTHENTICATED);

    assertThatThrownBy(this::cart).hasMessageStartingWith("UNAUTHENTICATED");
  }

  @Test
  void whatIsNotForSaleAnyMoreStaysInTheCartAtNoPriceAndIsForgotten() {
    add("p-1", 2);
    productsForSale = Map.of();

    assertThat(cart().getItems(0))
        .isEqualTo(
            Line.newBuilder().setProduct(Product.newBuilder().setId("p-1")).setQuantity(2).build());
    assertThat(cart().getTotalCents()).isZero();
    productFails = Optional.of(Status.UNAVAILABLE);
    assertThatThrownBy(() -> add("p-1", 1)).hasMessageStartingWith("UNAVAILABLE");
  }

  @Test
  void whatWasNeverSeenStandsInTheCartByItsIdWhileProductIsAway() {
    cart.put("p-1", 3);
    productFails = Optional.of(Status.UNAVAILABLE);

    Line line = cart().getItems(0);

    assertThat(line.getProduct().getId()).isEqualTo("p-1");
    assertThat(line.getQuantity()).isEqualTo(3);
    assertThat(line.getStale()).isTrue();
  }

  @Test
  void aQuantityIsChangedWhateverIsKnownOfTheProduct() {
    cart.put("p-1", 3);
    assertThat(change("p-1", 4))
        .isEqualTo(Line.newBuilder().setProduct(MUG).setQuantity(4).build());

    productFails = Optional.of(Status.UNAVAILABLE);
    assertThat(change("p-1", 5))
        .isEqualTo(Line.newBuilder().setProduct(MUG).setQuantity(5).setStale(true).build());

    productFails = Optional.empty();
    productsForSale = Map.of();
    Line gone = change("p-1", 6);
    assertThat(gone.getProduct()).isEqualTo(Product.newBuilder().setId("p-1").build());
    assertThat(gone.getStale()).isFalse();
    assertThat(cart).containsEntry("p-1", 6);
  }

  @Test
  void howOldProductsAreThatStandInIsCounted() {
    add("p-1", 1);
    productFails = Optional.of(Status.UNAVAILABLE);
    cart();
    cart();

    assertThat(
            metrics.getSampleValue(
                "cart_api_stale_seconds_count",
                new String[] {"service"},
                new String[] {"cart-api"}))
        .isEqualTo(2);
  }

  @Test
  void whatHangsIsWaitedForOnlyAsLongAsThereIsTime() {
    add("p-1", 2);
    views = views(new Shop.Times(PATIENCE, Duration.ofSeconds(2), Duration.ofMillis(100)));
    add("p-1", 1);
    productHangs = true;
    userHangs = true;

    Cart shown = cart();

    assertThat(shown.getItems(0).getStale()).isTrue();
    assertThat(shown.getDegradedList())
        .containsExactly(
            Degradation.newBuilder().setService("product").setReason("DEADLINE_EXCEEDED").build(),
            Degradation.newBuilder().setService("user").setReason("DEADLINE_EXCEEDED").build());
  }

  @Test
  void whatWentOnHangingIsNotWaitedForAnyMore() {
    Guards guards = new Guards("cart-api", metrics);
    views =
        new CartViews(
            new Shop(
                channel,
                ClientInterceptors.intercept(channel, guards.towards("product")),
                channel,
                new Shop.Times(PATIENCE, Duration.ofMillis(200), PATIENCE)),
            degradations);
    cart.put("p-1", 2);
    productHangs = true;
    for (int i = 0; i < 10; i++) {
      assertThat(cart().getDegraded(0).getReason()).isEqualTo("DEADLINE_EXCEEDED");
    }

    assertThat(cart().getDegradedList())
        .containsExactly(
            Degradation.newBuilder().setService("product").setReason("BREAKER_OPEN").build());
  }

  @Test
  void thereIsTimeToAnswerWithoutAServiceBeforeWhoAsksGivesUp() {
    Shop.Times usual = Shop.Times.USUAL;

    assertThat(usual.cart().plus(usual.product())).isLessThan(Channels.DEADLINE.minusMillis(200));
    assertThat(usual.cart().plus(usual.user())).isLessThan(Channels.DEADLINE.minusMillis(200));
  }

  private CartViews views(Shop.Times times) {
    return new CartViews(new Shop(channel, channel, channel, times), degradations);
  }

  private Line change(String product, int quantity) {
    return answer(
        to ->
            views.changeItem(
                ChangeItemRequest.newBuilder().setProductId(product).setQuantity(quantity).build(),
                to));
  }

  private Line add(String product, int quantity) {
    return answer(
        to ->
            views.addItem(
                AddItemRequest.newBuilder().setProductId(product).setQuantity(quantity).build(),
                to));
  }

  private Cart cart() {
    return answer(to -> views.getCart(GetCartRequest.getDefaultInstance(), to));
  }

  private double degraded(String target) {
    return metrics.getSampleValue(
        "cart_api_degraded_total",
        new String[] {"service", "target"},
        new String[] {"cart-api", target});
  }

  private static <T> T answer(Consumer<StreamObserver<T>> call) {
    AtomicReference<T> answered = new AtomicReference<>();
    call.accept(
        new StreamObserver<>() {
          @Override
          public void onNext(T value) {
            answered.set(value);
          }

          @Override
          public void onError(Throwable failure) {
            throw new AssertionError(failure);
          }

          @Override
          public void onCompleted() {}
        });
    return answered.get();
  }

  private static <T> void reply(Optional<Status> failure, StreamObserver<T> to, T with) {
    if (failure.isPresent()) {
      to.onError(failure.get().asRuntimeException());
      return;
    }
    to.onNext(with);
    to.onCompleted();
  }

  private final class Carts extends CartServiceGrpc.CartServiceImplBase {
    @Override
    public void addItem(
        dev.platformkit.shop.cart.v1.AddItemRequest request, StreamObserver<Item> answer) {
      int now = cart.merge(request.getProductId(), request.getQuantity(), Integer::sum);
      reply(
          cartFails,
          answer,
          Item.newBuilder().setProductId(request.getProductId()).setQuantity(now).build());
    }

    @Override
    public void changeItem(
        dev.platformkit.shop.cart.v1.ChangeItemRequest request, StreamObserver<Item> answer) {
      cart.put(request.getProductId(), request.getQuantity());
      reply(
          cartFails,
          answer,
          Item.newBuilder()
              .setProductId(request.getProductId())
              .setQuantity(request.getQuantity())
              .build());
    }

    @Override
    public void getCart(
        dev.platformkit.shop.cart.v1.GetCartRequest request,
        StreamObserver<GetCartResponse> answer) {
      GetCartResponse.Builder response = GetCartResponse.newBuilder();
      cart.forEach(
          (id, quantity) ->
              response.addItems(Item.newBuilder().setProductId(id).setQuantity(quantity)));
      reply(cartFails, answer, response.build());
    }
  }

  private final class Products extends ProductServiceGrpc.ProductServiceImplBase {
    @Override
    public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
      if (productHangs) {
        return;
      }
      Product product = productsForSale.get(request.getProductId());
      reply(
          product == null ? productFails.or(() -> Optional.of(Status.NOT_FOUND)) : productFails,
          answer,
          product);
    }

    @Override
    public void batchGetProducts(
        BatchGetProductsRequest request, StreamObserver<BatchGetProductsResponse> answer) {
      if (productHangs) {
        return;
      }
      reply(
          productFails,
          answer,
          BatchGetProductsResponse.newBuilder().addAllProducts(productsForSale.values()).build());
    }
  }

  private final class Users extends UserServiceGrpc.UserServiceImplBase {
    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<User> answer) {
      if (userHangs) {
        return;
      }
      reply(userFails, answer, User.newBuilder().setName("ann").build());
    }
  }
}
