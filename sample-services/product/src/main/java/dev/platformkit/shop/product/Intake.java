package dev.platformkit.shop.product;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A catalogue that comes in, product by product, and is taken in when its end has been seen. All of
 * it stands in memory until then, which is why it has bounds.
 */
final class Intake implements StreamObserver<ImportProductsRequest> {
  private static final int MOST = 10_000;
  private static final int MOST_BYTES = 8 << 20;

  private final Catalogue catalogue;
  private final StreamObserver<ImportProductsResponse> answer;
  private final List<Product> products = new ArrayList<>();
  private int bytes;

  Intake(Catalogue catalogue, StreamObserver<ImportProductsResponse> answer) {
    this.catalogue = catalogue;
    this.answer = answer;
  }

  @Override
  public void onNext(ImportProductsRequest request) {
    bytes += request.getSerializedSize();
    if (products.size() == MOST || bytes > MOST_BYTES) {
      throw Refusal.because(
              Code.INVALID_ARGUMENT,
              "TOO_MANY",
              "at most %d products and %d MiB at a time".formatted(MOST, MOST_BYTES >> 20))
          .asException();
    }
    products.add(request.getProduct());
  }

  @Override
  public void onError(Throwable cause) {
    // Whoever sent it has gone away; nothing was written.
    products.clear();
  }

  @Override
  public void onCompleted() {
    Span span = Span.current().setAttribute("shop.products.received", products.size());
    ImportProductsResponse done = catalogue.takeIn(products);
    span.setAttribute("shop.products.created", done.getCreated());
    span.setAttribute("shop.products.replaced", done.getReplaced());
    answer.onNext(done);
    answer.onCompleted();
  }
}
