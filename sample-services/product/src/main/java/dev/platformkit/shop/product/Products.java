package dev.platformkit.shop.product;

import static dev.platformkit.kit.grpc.Unary.answer;

import dev.platformkit.kit.contract.PageToken;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.product.Catalogue.Search;
import dev.platformkit.shop.product.Catalogue.Taken;
import dev.platformkit.shop.product.v1.BatchGetProductsRequest;
import dev.platformkit.shop.product.v1.BatchGetProductsResponse;
import dev.platformkit.shop.product.v1.CreateProductRequest;
import dev.platformkit.shop.product.v1.DeleteProductRequest;
import dev.platformkit.shop.product.v1.DeleteProductResponse;
import dev.platformkit.shop.product.v1.ExportProductsRequest;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.product.v1.TakeStockRequest;
import dev.platformkit.shop.product.v1.TakeStockRequest.Amount;
import dev.platformkit.shop.product.v1.TakeStockResponse;
import dev.platformkit.shop.product.v1.UpdateProductRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The product service as its contract has it. Its spans say what a trace alone would not: how many
 * products were asked for and found, and where a page was cut.
 */
final class Products extends ProductServiceGrpc.ProductServiceImplBase {
  private static final int DEFAULT_PAGE = 20;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String PRODUCT = "shop.product.id";

  /** How many products an answer has, on its span. */
  static final String RETURNED = "shop.products.returned";

  private final Catalogue catalogue;
  private final ProductMetrics metrics;

  Products(Catalogue catalogue, ProductMetrics metrics) {
    this.catalogue = catalogue;
    this.metrics = metrics;
  }

  @Override
  public void listProducts(
      ListProductsRequest request, StreamObserver<ListProductsResponse> answer) {
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    Search search =
        new Search(
            List.of(request.getQuery().strip().split("\\s+")).stream()
                .filter(word -> !word.isEmpty())
                .toList(),
            request.getCategoryId());
    // One more than asked for tells whether there is a next page.
    List<Product> found =
        catalogue.after(
            PageToken.last(request.getPageToken(), Products::possible), size + 1, search);
    ListProductsResponse.Builder page = ListProductsResponse.newBuilder();
    found.stream().limit(size).forEach(page::addProducts);
    if (found.size() > size) {
      String last = found.get(size - 1).getId();
      page.setNextPageToken(PageToken.after(last));
      Span.current().addEvent("page.cut", Attributes.builder().put("after", last).build());
    }
    if (!search.equals(Search.ALL)) {
      metrics.searched(page.getProductsCount());
    }
    Span.current().setAttribute(RETURNED, page.getProductsCount());
    answer(answer, page.build());
  }

  @Override
  public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
    Span.current().setAttribute(PRODUCT, request.getProductId());
    answer(
        answer,
        Optional.of(request.getProductId())
            .filter(Products::possible)
            .flatMap(catalogue::find)
            .orElseThrow(() -> unknown(request.getProductId())));
  }

  @Override
  public void batchGetProducts(
      BatchGetProductsRequest request, StreamObserver<BatchGetProductsResponse> answer) {
    List<Product> found =
        catalogue.findAll(request.getProductIdsList().stream().filter(Products::possible).toList());
    Span.current().setAttribute("shop.products.asked", request.getProductIdsCount());
    Span.current().setAttribute(RETURNED, found.size());
    answer(answer, BatchGetProductsResponse.newBuilder().addAllProducts(found).build());
  }

  @Override
  public void createProduct(CreateProductRequest request, StreamObserver<Product> answer) {
    Product product = request.getProduct();
    Span.current().setAttribute(PRODUCT, product.getId());
    if (!catalogue.create(product)) {
      throw Refusal.because(
              Code.ALREADY_EXISTS, "ID_TAKEN", "there is a product " + product.getId() + " already")
          .asException();
    }
    answer(answer, product);
  }

  @Override
  public void updateProduct(UpdateProductRequest request, StreamObserver<Product> answer) {
    Product product = request.getProduct();
    Span.current().setAttribute(PRODUCT, product.getId());
    answer(answer, catalogue.replace(product).orElseThrow(() -> unknown(product.getId())));
  }

  @Override
  public void deleteProduct(
      DeleteProductRequest request, StreamObserver<DeleteProductResponse> answer) {
    String id = request.getProductId();
    Span.current().setAttribute(PRODUCT, id);
    if (!possible(id) || !catalogue.delete(id)) {
      throw unknown(id);
    }
    answer(answer, DeleteProductResponse.getDefaultInstance());
  }

  @Override
  public void takeStock(TakeStockRequest request, StreamObserver<TakeStockResponse> answer) {
    Span span = Span.current().setAttribute("shop.order.id", request.getOrderId());
    try {
      Taken taken = catalogue.take(request.getOrderId(), request.getAmountsList());
      if (taken.before()) {
        span.addEvent("stock.taken.before");
      } else {
        metrics.taken(request.getAmountsList().stream().mapToInt(Amount::getQuantity).sum());
      }
      answer(answer, TakeStockResponse.newBuilder().setTotalCents(taken.totalCents()).build());
    } catch (StatusRuntimeException e) {
      String reason = Refusal.reason(e).orElse("UNKNOWN");
      metrics.refused(reason);
      span.addEvent(
          "order.refused", Attributes.builder().put("shop.refusal.reason", reason).build());
      throw e;
    }
  }

  @Override
  public StreamObserver<ImportProductsRequest> importProducts(
      StreamObserver<ImportProductsResponse> answer) {
    return new Intake(catalogue, answer);
  }

  @Override
  public void exportProducts(ExportProductsRequest request, StreamObserver<Product> answer) {
    new Outflow(catalogue, (ServerCallStreamObserver<Product>) answer).begin();
  }

  /** What cannot be an id need not be asked for; the database would not even take all of it. */
  private static boolean possible(String id) {
    return ID.matcher(id).matches();
  }

  private static StatusRuntimeException unknown(String id) {
    return Refusal.because(Code.NOT_FOUND, "UNKNOWN_PRODUCT", "there is no product " + id)
        .asException();
  }
}
