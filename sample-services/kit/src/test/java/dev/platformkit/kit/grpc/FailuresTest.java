package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.auth.Credentials;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.telemetry.Telemetry;
import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller hears of a service that throws, when it is called and before that. */
class FailuresTest {
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Telemetry telemetry =
      Telemetry.start("product", "host-1", Optional.empty(), metrics);
  private final Throws products = new Throws();
  private GrpcServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    server = GrpcServer.start(0, telemetry, "product-1", List.of(products), List.of());
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.stop(Duration.ZERO);
    telemetry.close();
  }

  @Test
  void aCallerIsNotTakenToTaskWhenAnotherServiceDoesNotKnowThisOne() throws Exception {
    products.thrown =
        Refusal.because(Code.UNAUTHENTICATED, Credentials.NOT_A_SERVICE, "ask the gateway")
            .asException();

    assertToldNothing(list());
    assertToldNothing(startStream());
  }

  @Test
  void whatAnotherServiceAnswersIsPassedOnWithItsDetails() throws Exception {
    products.thrown =
        Refusal.because(Code.NOT_FOUND, "UNKNOWN_CATEGORY", "there is no c-9").asException();

    for (StatusRuntimeException refused : List.of(list(), startStream())) {
      assertThat(refused).hasMessage("NOT_FOUND: there is no c-9");
      assertThat(Refusal.reason(refused)).hasValue("UNKNOWN_CATEGORY");
    }
  }

  @Test
  void whatNobodyForesawIsCountedAlsoWhenAStreamFailsBeforeItBegins() throws Exception {
    products.thrown = new IllegalStateException("password is hunter2");

    assertToldNothing(startStream());

    assertThat(
            metrics.getSampleValue(
                "grpc_server_handled_total",
                new String[] {"service", "method", "code"},
                new String[] {"product", "ImportProducts", "INTERNAL"}))
        .isEqualTo(1);
  }

  private static void assertToldNothing(StatusRuntimeException failure) {
    assertThat(failure).hasMessage("INTERNAL: internal error");
    assertThat(Refusal.reason(failure)).isEmpty();
  }

  private StatusRuntimeException list() throws Exception {
    CompletableFuture<StatusRuntimeException> ended = new CompletableFuture<>();
    ProductServiceGrpc.newStub(channel)
        .listProducts(ListProductsRequest.getDefaultInstance(), new Fails<>(ended));
    return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private StatusRuntimeException startStream() throws Exception {
    CompletableFuture<StatusRuntimeException> ended = new CompletableFuture<>();
    ProductServiceGrpc.newStub(channel).importProducts(new Fails<>(ended));
    return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private record Fails<A>(CompletableFuture<StatusRuntimeException> ended)
      implements StreamObserver<A> {
    @Override
    public void onNext(A answer) {}

    @Override
    public void onError(Throwable failure) {
      ended.complete((StatusRuntimeException) failure);
    }

    @Override
    public void onCompleted() {
      ended.complete(Status.OK.asRuntimeException());
    }
  }

  private static final class Throws extends ProductServiceGrpc.ProductServiceImplBase {
    private volatile RuntimeException thrown;

    @Override
    public void listProducts(
        ListProductsRequest request, StreamObserver<ListProductsResponse> answer) {
      throw thrown;
    }

    @Override
    public StreamObserver<ImportProductsRequest> importProducts(
        StreamObserver<ImportProductsResponse> answer) {
      throw thrown;
    }
  }
}
