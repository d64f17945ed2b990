package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.contract.Validation;
import dev.platformkit.kit.telemetry.Telemetry;
import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream of which one message breaks the contract, in front of a service that wants its end. */
class RefusedStreamTest {
  private final AtomicInteger completed = new AtomicInteger();
  private GrpcServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    server =
        GrpcServer.start(
            0,
            Telemetry.start("product", "host-1", Optional.empty(), new CollectorRegistry()),
            "product-1",
            List.of(new CountsEnds()),
            List.of(new Validation()));
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.stop(Duration.ZERO);
  }

  @Test
  void theEndOfAStreamWhoseLastMessageWasRefusedIsKeptFromTheService() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(send("p-1", "no id")).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(send("p-1", "p-2")).isEqualTo(Status.Code.OK);

    // The end of a call is handled before that of the next one on the same connection.
    server.stop(PATIENCE);
    assertThat(completed).hasValue(1);
  }

  private Status.Code send(String... ids) throws Exception {
    CompletableFuture<Status.Code> ended = new CompletableFuture<>();
    StreamObserver<ImportProductsRequest> sender =
        ProductServiceGrpc.newStub(channel)
            .importProducts(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ImportProductsResponse answer) {}

                  @Override
                  public void onError(Throwable failure) {
                    ended.complete(Status.fromThrowable(failure).getCode());
                  }

                  @Override
                  public void onCompleted() {
                    ended.complete(Status.Code.OK);
                  }
                });
    for (String id : ids) {
      sender.onNext(
          ImportProductsRequest.newBuilder()
              .setProduct(Product.newBuilder().setId(id).setName("Mug").setCurrency("EUR"))
              .build());
    }
    sender.onCompleted();
    return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private final class CountsEnds extends ProductServiceGrpc.ProductServiceImplBase {
    @Override
    public StreamObserver<ImportProductsRequest> importProducts(
        StreamObserver<ImportProductsResponse> answer) {
      return new StreamObserver<>() {
        @Override
        public void onNext(ImportProductsRequest request) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          completed.incrementAndGet();
          answer.onNext(ImportProductsResponse.getDefaultInstance());
          answer.onCompleted();
        }
      };
    }
  }
}
