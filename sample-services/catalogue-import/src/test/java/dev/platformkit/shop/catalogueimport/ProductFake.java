package dev.platformkit.shop.catalogueimport;

import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A product service that knows p-1, and refuses a catalogue when it is told to. */
final class ProductFake extends ProductServiceGrpc.ProductServiceImplBase {
  private final List<String> taken = new ArrayList<>();
  private Optional<Status> refusal = Optional.empty();

  synchronized void refuses(Status with) {
    refusal = Optional.of(with);
  }

  synchronized List<String> taken() {
    return List.copyOf(taken);
  }

  @Override
  public StreamObserver<ImportProductsRequest> importProducts(
      StreamObserver<ImportProductsResponse> answer) {
    List<String> ids = new ArrayList<>();
    return new StreamObserver<>() {
      @Override
      public void onNext(ImportProductsRequest request) {
        ids.add(request.getProduct().getId());
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {
        end(ids, answer);
      }
    };
  }

  private synchronized void end(List<String> ids, StreamObserver<ImportProductsResponse> answer) {
    if (refusal.isPresent()) {
      answer.onError(refusal.get().asRuntimeException());
      return;
    }
    taken.addAll(ids);
    int replaced = ids.contains("p-1") ? 1 : 0;
    answer.onNext(
        ImportProductsResponse.newBuilder()
            .setCreated(ids.size() - replaced)
            .setReplaced(replaced)
            .build());
    answer.onCompleted();
  }
}
