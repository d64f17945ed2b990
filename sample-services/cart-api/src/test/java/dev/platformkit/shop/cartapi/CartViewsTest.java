package dev.platformkit.shop.cartapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.cart.v1.Item;
import dev.platformkit.shop.cartapi.v1.AddItemRequest;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc.CartApiServiceBlockingStub;
import dev.platformkit.shop.cartapi.v1.GetCartRequest;
import dev.platformkit.shop.cartapi.v1.GetCartResponse;
import dev.platformkit.shop.cartapi.v1.Line;
import dev.platformkit.shop.product.v1.BatchGetProductsRequest;
import dev.platformkit.shop.product.v1.BatchGetProductsResponse;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.GetProductResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.grpc.util.TransmitStatusRuntimeExceptionInterceptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CartViewsTest {
  private static final Product MUG =
      Product.newBuilder().setId("p-1").setName("Mug").setPriceCents(1290).build();
  private static final Product PAN =
      Product.newBuilder().setId("p-2").setName("Pan").setPriceCents(6450).build();

  private final FakeCart cart = new FakeCart();
  private final FakeProducts products = new FakeProducts();
  private final List<Runnable> cleanUp = new ArrayList<>();
  private CartApiServiceBlockingStub cartApi;

  @BeforeEach
  void start() throws IOException {
    CartViews views =
        new CartViews(
            CartServiceGrpc.newBlockingStub(serve(cart)),
            ProductServiceGrpc.newBlockingStub(serve(products)));
    cartApi = CartApiServiceGrpc.newBlockingStub(serve(views));
  }

  @AfterEach
  void stop() {
    cleanUp.forEach(Runnable::run);
  }

  @Test
  void aCartShowsItsProductsAndWhatTheyComeTo() {
    add("p-1", 2);
    add("p-2", 1);

    GetCartResponse view = view();

    assertThat(view.getLinesList()).containsExactly(line(MUG, 2), line(PAN, 1));
    assertThat(view.getTotalCents()).isEqualTo(2 * 1290 + 6450);
  }

  @Test
  void anEmptyCartNeedsNoProducts() {
    products.gone = true;

    assertThat(view()).isEqualTo(GetCartResponse.getDefaultInstance());
  }

  @Test
  void aProductThatDoesNotExistDoesNotGetIntoTheCart() {
    assertThatThrownBy(() -> add("p-9", 1)).hasMessageContaining("NOT_FOUND: there is no p-9");

    assertThat(cart.items).isEmpty();
  }

  @Test
  void aProductThatIsNoLongerForSaleStaysAndCostsNothing() {
    cart.items.add(Item.newBuilder().setProductId("p-9").setQuantity(3).build());

    assertThat(view().getLinesList())
        .containsExactly(line(Product.newBuilder().setId("p-9").build(), 3));
    assertThat(view().getTotalCents()).isZero();
  }

  @Test
  void aDependencyThatIsGoneIsTold() {
    add("p-1", 1);
    products.gone = true;

    assertThatThrownBy(this::view).hasMessageContaining("UNAVAILABLE");
  }

  private Line add(String product, int quantity) {
    return cartApi
        .addItem(
            AddItemRequest.newBuilder()
                .setUserId("ann")
                .setProductId(product)
                .setQuantity(quantity)
                .build())
        .getLine();
  }

  private GetCartResponse view() {
    return cartApi.getCart(GetCartRequest.newBuilder().setUserId("ann").build());
  }

  private static Line line(Product product, int quantity) {
    return Line.newBuilder().setProduct(product).setQuantity(quantity).build();
  }

  /** In process; like the kit, it turns a status that is thrown into the answer. */
  private ManagedChannel serve(BindableService service) throws IOException {
    String name = UUID.randomUUID().toString();
    Server server =
        InProcessServerBuilder.forName(name)
            .addService(service)
            .intercept(TransmitStatusRuntimeExceptionInterceptor.instance())
            .build()
            .start();
    ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
    cleanUp.add(channel::shutdownNow);
    cleanUp.add(server::shutdownNow);
    return channel;
  }

  private static final class FakeCart extends CartServiceGrpc.CartServiceImplBase {
    private final List<Item> items = new ArrayList<>();

    @Override
    public void addItem(
        dev.platformkit.shop.cart.v1.AddItemRequest request,
        StreamObserver<dev.platformkit.shop.cart.v1.AddItemResponse> answer) {
      Item item =
          Item.newBuilder()
              .setProductId(request.getProductId())
              .setQuantity(request.getQuantity())
              .build();
      items.add(item);
      answer.onNext(
          dev.platformkit.shop.cart.v1.AddItemResponse.newBuilder().setItem(item).build());
      answer.onCompleted();
    }

    @Override
    public void getCart(
        dev.platformkit.shop.cart.v1.GetCartRequest request,
        StreamObserver<dev.platformkit.shop.cart.v1.GetCartResponse> answer) {
      answer.onNext(
          dev.platformkit.shop.cart.v1.GetCartResponse.newBuilder().addAllItems(items).build());
      answer.onCompleted();
    }
  }

  private static final class FakeProducts extends ProductServiceGrpc.ProductServiceImplBase {
    private final Map<String, Product> products = Map.of("p-1", MUG, "p-2", PAN);
    private volatile boolean gone;

    @Override
    public void getProduct(GetProductRequest request, StreamObserver<GetProductResponse> answer) {
      Product product = products.get(request.getProductId());
      if (product == null) {
        answer.onError(
            Status.NOT_FOUND
                .withDescription("there is no " + request.getProductId())
                .asRuntimeException());
        return;
      }
      answer.onNext(GetProductResponse.newBuilder().setProduct(product).build());
      answer.onCompleted();
    }

    @Override
    public void batchGetProducts(
        BatchGetProductsRequest request, StreamObserver<BatchGetProductsResponse> answer) {
      if (gone) {
        answer.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      answer.onNext(
          BatchGetProductsResponse.newBuilder()
              .addAllProducts(
                  request.getProductIdsList().stream()
                      .filter(products::containsKey)
                      .map(products::get)
                      .toList())
              .build());
      answer.onCompleted();
    }
  }
}
