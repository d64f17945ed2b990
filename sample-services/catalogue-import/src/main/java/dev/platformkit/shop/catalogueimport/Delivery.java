package dev.platformkit.shop.catalogueimport;

import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Products on their way to the product service, no faster than it takes them. It is waited for when
 * it is not there yet.
 */
final class Delivery {
  private final Channel product;
  private final Duration patience;

  Delivery(Channel product, Duration patience) {
    this.product = product;
    this.patience = patience;
  }

  /**
   * What the service did with all of these.
   *
   * @throws io.grpc.StatusRuntimeException when it took none of them
   */
  ImportProductsResponse of(List<Product> products) throws InterruptedException {
    Call call = new Call();
    ProductServiceGrpc.newStub(product)
        .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
        .withWaitForReady()
        .importProducts(call);
    for (Product each : products) {
      if (!call.awaitReady()) {
        break;
      }
      call.request.onNext(ImportProductsRequest.newBuilder().setProduct(each).build());
    }
    return call.end();
  }

  private static final class Call
      implements ClientResponseObserver<ImportProductsRequest, ImportProductsResponse> {
    private final Semaphore news = new Semaphore(0);
    private final CompletableFuture<ImportProductsResponse> answer = new CompletableFuture<>();
    private ClientCallStreamObserver<ImportProductsRequest> request;
    private Optional<ImportProductsResponse> told = Optional.empty();

    @Override
    public void beforeStart(ClientCallStreamObserver<ImportProductsRequest> sender) {
      request = sender;
      request.setOnReadyHandler(news::release);
    }

    /** Whether there is room for one more; not when the call is over. */
    boolean awaitReady() throws InterruptedException {
      while (!request.isReady() && !answer.isDone()) {
        news.acquire();
        news.drainPermits();
      }
      return !answer.isDone();
    }

    ImportProductsResponse end() throws InterruptedException {
      if (!answer.isDone()) {
        request.onCompleted();
      }
      try {
        return answer.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException refused
            ? refused
            : new IllegalStateException("the import ended in a way that was not foreseen", e);
      }
    }

    @Override
    public void onNext(ImportProductsResponse response) {
      told = Optional.of(response);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
      news.release();
    }

    @Override
    public void onCompleted() {
      // gRPC itself ends a call without an answer as an error.
      answer.complete(told.orElseThrow());
      news.release();
    }
  }
}
