package dev.platformkit.shop.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.shop.product.v1.BatchGetProductsRequest;
import dev.platformkit.shop.product.v1.BatchGetProductsResponse;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.GetProductResponse;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The product service as its contract has it. */
final class Products extends ProductServiceGrpc.ProductServiceImplBase {
  private static final int DEFAULT_PAGE = 20;
  private static final int LARGEST_PAGE = 100;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String TOKEN_FORM = "after:";

  private final Catalogue catalogue;

  Products(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public void listProducts(
      ListProductsRequest request, StreamObserver<ListProductsResponse> answer) {
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    if (size < 1 || size > LARGEST_PAGE) {
      throw invalid("page_size must be 1 to " + LARGEST_PAGE + ", not " + size);
    }
    // One more than asked for tells whether there is a next page.
    List<Product> found = catalogue.after(lastId(request.getPageToken()), size + 1);
    ListProductsResponse.Builder response = ListProductsResponse.newBuilder();
    found.stream().limit(size).forEach(response::addProducts);
    if (found.size() > size) {
      response.setNextPageToken(token(found.get(size - 1).getId()));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  @Override
  public void getProduct(GetProductRequest request, StreamObserver<GetProductResponse> answer) {
    String id = request.getProductId();
    if (id.isBlank()) {
      throw invalid("product_id is missing");
    }
    Product product =
        Optional.of(id)
            .filter(Products::possible)
            .flatMap(catalogue::find)
            .orElseThrow(
                () ->
                    Status.NOT_FOUND
                        .withDescription("there is no product " + id)
                        .asRuntimeException());
    answer.onNext(GetProductResponse.newBuilder().setProduct(product).build());
    answer.onCompleted();
  }

  @Override
  public void batchGetProducts(
      BatchGetProductsRequest request, StreamObserver<BatchGetProductsResponse> answer) {
    if (request.getProductIdsCount() > LARGEST_PAGE) {
      throw invalid("at most " + LARGEST_PAGE + " product_ids at a time");
    }
    answer.onNext(
        BatchGetProductsResponse.newBuilder()
            .addAllProducts(
                catalogue.findAll(
                    request.getProductIdsList().stream().filter(Products::possible).toList()))
            .build());
    answer.onCompleted();
  }

  /** What cannot be an id need not be asked for; the database would not even take all of it. */
  private static boolean possible(String id) {
    return ID.matcher(id).matches();
  }

  private static String token(String lastId) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((TOKEN_FORM + lastId).getBytes(UTF_8));
  }

  private static String lastId(String token) {
    if (token.isEmpty()) {
      return "";
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      String id = text.startsWith(TOKEN_FORM) ? text.substring(TOKEN_FORM.length()) : "";
      if (possible(id)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw invalid("page_token is none that was handed out: " + e.getMessage());
    }
    throw invalid("page_token is none that was handed out");
  }

  private static StatusRuntimeException invalid(String what) {
    return Status.INVALID_ARGUMENT.withDescription(what).asRuntimeException();
  }
}
