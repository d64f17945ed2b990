package dev.platformkit.shop.product;

import static dev.platformkit.shop.product.CatalogueInMemory.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.product.v1.CreateProductRequest;
import dev.platformkit.shop.product.v1.DeleteProductRequest;
import dev.platformkit.shop.product.v1.ExportProductsRequest;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.product.v1.ProductServiceGrpc.ProductServiceBlockingStub;
import dev.platformkit.shop.product.v1.TakeStockRequest;
import dev.platformkit.shop.product.v1.TakeStockRequest.Amount;
import dev.platformkit.shop.product.v1.UpdateProductRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProductsTest {
  private final CatalogueInMemory catalogue = new CatalogueInMemory();
  private final CollectorRegistry metrics = new CollectorRegistry();
  private Server server;
  private ManagedChannel channel;
  private ProductServiceBlockingStub products;

  @BeforeEach
  void start() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .intercept(new Thrown())
            .addService(new Products(catalogue, new ProductMetrics("product", metrics)))
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    products = ProductServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void pagesFollowEachOtherUntilNoneIsLeft() {
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      ListProductsResponse page = list(ListProductsRequest.newBuilder().setPageToken(token));
      page.getProductsList().forEach(p -> ids.add(p.getId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(ids).containsExactly("p-1", "p-2", "p-3", "p-4", "p-5");
  }

  @Test
  void aPageThatEndsWithTheLastProductHasNoNextPage() {
    assertThat(products.listProducts(ListProductsRequest.newBuilder().setPageSize(5).build()))
        .satisfies(page -> assertThat(page.getNextPageToken()).isEmpty());
  }

  @Test
  void tokensThatWereNotHandedOutAreRefused() {
    for (String token : List.of("x", "cC0x", "%%%", "YWZ0ZXI6AA")) {
      assertThatThrownBy(() -> list(ListProductsRequest.newBuilder().setPageToken(token)))
          .as(token)
          .hasMessageStartingWith("INVALID_ARGUMENT: page_token");
    }
  }

  @Test
  void aSearchFindsWhatContainsAllItsWordsAndIsCounted() {
    catalogue.create(product("p-6").toBuilder().setName("Moka pot").setCategoryId("c").build());

    assertThat(list(ListProductsRequest.newBuilder().setQuery(" POT  moka ")).getProductsList())
        .extracting(Product::getId)
        .containsExactly("p-6");
    assertThat(list(ListProductsRequest.newBuilder().setQuery("moka cup")).getProductsList())
        .isEmpty();
    assertThat(list(ListProductsRequest.newBuilder().setCategoryId("c")).getProductsList())
        .hasSize(1);
    assertThat(searches("found")).isEqualTo(2);
    assertThat(searches("nothing")).isEqualTo(1);
  }

  @Test
  void aProductIsFoundByItsIdOrNotFound() {
    assertThat(get("p-3").getName()).isEqualTo("Product p-3");
    assertThatThrownBy(() -> get("p-9")).hasMessage("NOT_FOUND: there is no product p-9");
    assertThatThrownBy(() -> get("\0")).hasMessageStartingWith("NOT_FOUND");
  }

  @Test
  void anIdIsTakenOnce() {
    CreateProductRequest request =
        CreateProductRequest.newBuilder().setProduct(product("p-6")).build();

    assertThat(products.createProduct(request)).isEqualTo(product("p-6"));
    assertThatThrownBy(() -> products.createProduct(request))
        .hasMessage("ALREADY_EXISTS: there is a product p-6 already");
  }

  @Test
  void aProductIsReplacedWithoutItsStock() {
    Product changed = product("p-1").toBuilder().setName("New").setStock(99).build();

    Product now =
        products.updateProduct(UpdateProductRequest.newBuilder().setProduct(changed).build());

    assertThat(now.getName()).isEqualTo("New");
    assertThat(now.getStock()).isEqualTo(10);
    assertThatThrownBy(
            () ->
                products.updateProduct(
                    UpdateProductRequest.newBuilder().setProduct(product("p-9")).build()))
        .hasMessage("NOT_FOUND: there is no product p-9");
  }

  @Test
  void aProductIsDeletedOnce() {
    DeleteProductRequest request = DeleteProductRequest.newBuilder().setProductId("p-1").build();
    products.deleteProduct(request);

    assertThatThrownBy(() -> get("p-1")).hasMessageStartingWith("NOT_FOUND");
    assertThatThrownBy(() -> products.deleteProduct(request)).hasMessageStartingWith("NOT_FOUND");
  }

  @Test
  void anOrderTakesItsStockOnceHoweverOftenItAsks() {
    TakeStockRequest request = order("o-1", "p-1", 3);

    assertThat(products.takeStock(request).getTotalCents()).isEqualTo(300);
    assertThat(products.takeStock(request).getTotalCents()).isEqualTo(300);

    assertThat(get("p-1").getStock()).isEqualTo(7);
    assertThat(value("product_stock_taken_units_total")).isEqualTo(3);
  }

  @Test
  void anOrderForMoreThanThereIsTakesNothing() {
    TakeStockRequest request =
        order("o-1", "p-1", 1).toBuilder()
            .addAmounts(Amount.newBuilder().setProductId("p-2").setQuantity(11))
            .build();

    assertThatThrownBy(() -> products.takeStock(request))
        .hasMessage("FAILED_PRECONDITION: short of p-2");

    assertThat(get("p-1").getStock()).isEqualTo(10);
    assertThat(refused("OUT_OF_STOCK")).isEqualTo(1);
  }

  @Test
  void aCatalogueIsTakenInWhenItsEndHasBeenSeen() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    StreamObserver<ImportProductsRequest> sender =
        ProductServiceGrpc.newStub(channel)
            .importProducts(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ImportProductsResponse answer) {
                    told.complete(answer.getCreated() + " new, " + answer.getReplaced() + " known");
                  }

                  @Override
                  public void onError(Throwable failure) {
                    told.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    for (String id : List.of("p-5", "p-6", "p-7")) {
      sender.onNext(ImportProductsRequest.newBuilder().setProduct(product(id)).build());
    }
    sender.onCompleted();

    assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo("2 new, 1 known");
  }

  @Test
  void theWholeCatalogueGoesOutInTheOrderOfItsIds() {
    IntStream.range(100, 450).forEach(i -> catalogue.create(product("q-" + i)));
    List<String> ids = new ArrayList<>();
    products
        .exportProducts(ExportProductsRequest.getDefaultInstance())
        .forEachRemaining(product -> ids.add(product.getId()));

    assertThat(ids).containsExactlyElementsOf(catalogue.all.keySet());
  }

  private ListProductsResponse list(ListProductsRequest.Builder request) {
    return products.listProducts(request.setPageSize(2).build());
  }

  private Product get(String id) {
    return products.getProduct(GetProductRequest.newBuilder().setProductId(id).build());
  }

  private static TakeStockRequest order(String id, String product, int quantity) {
    return TakeStockRequest.newBuilder()
        .setOrderId(id)
        .addAmounts(Amount.newBuilder().setProductId(product).setQuantity(quantity))
        .build();
  }

  private double value(String metric) {
    return metrics.getSampleValue(metric, new String[] {"service"}, new String[] {"product"});
  }

  private double refused(String reason) {
    return metrics.getSampleValue(
        "product_orders_refused_total",
        new String[] {"service", "reason"},
        new String[] {"product", reason});
  }

  private double searches(String result) {
    return metrics.getSampleValue(
        "product_searches_total",
        new String[] {"service", "result"},
        new String[] {"product", result});
  }
}
