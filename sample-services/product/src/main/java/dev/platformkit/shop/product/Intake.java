package dev.platformkit.shop.product;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** A catalogue that comes in, product by product, and is taken in when its end has been seen. */
final class Intake implements StreamObserver<ImportProductsRequest> {
  private static final int MOST = 10_000;

  private final Catalogue catalogue;
  private final StreamObserver<ImportProductsResponse> answer;
  private final List<Product> products = new ArrayList<>();

  Intake(Catalogue catalogue, StreamObserver<ImportProductsResponse> answer) {
    this.catalogue = catalogue;
    this.answer = answer;
  }

  @Override
  public void onNext(ImportProductsRequest request) {
    if (products.size() == MOST) {
      throw Refusal.because(
              Code.INVALID_ARGUMENT, "TOO_MANY", "at most " + MOST + " products at a time")
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
    answer.onNext(catalogue.takeIn(products));
    answer.onCompleted();
  }
}
