package dev.platformkit.kit.limit;

import static dev.platformkit.kit.Patience.PATIENCE;
import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import dev.platformkit.kit.auth.Caller;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.product.v1.ProductServiceGrpc.ProductServiceFutureStub;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that come faster than they may, over a real connection to a server with one thread. */
class RateLimitTest {
  private static final Metadata.Key<String> WHO =
      Metadata.Key.of("who", Metadata.ASCII_STRING_MARSHALLER);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final SetTimer timer = new SetTimer();
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final List<String> served = new CopyOnWriteArrayList<>();
  private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
  private Server server;
  private ManagedChannel channel;

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    // Connections that close have their last things to do on that thread.
    server.shutdownNow().awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    oneThread.shutdownNow();
    timer.close();
  }

  @Test
  void callsThatComeAtOnceAreServedOneByOneAsTheirTurnsCome() throws Exception {
    start(new Rate(INTERVAL, 5));
    List<ListenableFuture<Product>> calls = comeOneAfterAnother("ann", 4);

    assertThat(answered(calls.get(0))).isEqualTo("p-0");
    for (int i = 1; i < calls.size(); i++) {
      timer.advance(INTERVAL.toNanos() - 1);
      assertThat(calls.get(i)).isNotDone();
      timer.advance(1);
      assertThat(answered(calls.get(i))).isEqualTo("p-" + i);
    }
    assertThat(served).containsExactly("p-0", "p-1", "p-2", "p-3");
  }

  @Test
  void noThreadIsHeldByThoseWhoWait() throws Exception {
    start(new Rate(INTERVAL, 5));
    List<ListenableFuture<Product>> waiting = comeOneAfterAnother("ann", 6);

    assertThat(answered(call("bob", "his"))).isEqualTo("his");
    assertThat(waiting.subList(1, 6)).noneMatch(ListenableFuture::isDone);
  }

  @Test
  void whoFindsTheQueueFullIsRefusedAtOnceAndToldWhenToComeAgain() throws Exception {
    start(new Rate(INTERVAL, 2));
    comeOneAfterAnother("ann", 3);
    timer.advance(INTERVAL.toNanos() / 4);

    StatusRuntimeException refused = failure(call("ann", "too much"));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(Refusal.reason(refused)).hasValue("RATE_LIMITED");
    assertThat(retryAfter(refused)).isEqualTo(Duration.ofMillis(75));
    assertThat(sample("rate_limit_refused_total")).isEqualTo(1);
    assertThat(served).doesNotContain("too much");

    timer.advance(retryAfter(refused).toNanos());
    ListenableFuture<Product> again = call("ann", "again");
    await().until(() -> sample("rate_limit_queue") == 2);
    timer.advance(2 * INTERVAL.toNanos());
    assertThat(answered(again)).isEqualTo("again");
  }

  @Test
  void whoseTurnWouldComeTooLateForItsDeadlineIsRefusedAtOnce() throws Exception {
    start(new Rate(PATIENCE, 5));
    assertThat(answered(call("ann", "p-1"))).isEqualTo("p-1");

    assertThat(Refusal.reason(failure(call("ann", "p-2")))).hasValue("RATE_LIMITED");
  }

  @Test
  void whoGivesUpLeavesTheQueueButTheTurnIsSpent() throws Exception {
    start(new Rate(INTERVAL, 5));
    List<ListenableFuture<Product>> calls = comeOneAfterAnother("ann", 3);

    calls.get(1).cancel(true);
    await().until(() -> sample("rate_limit_queue") == 1);

    timer.advance(INTERVAL.toNanos());
    assertThat(calls.get(2)).isNotDone();
    timer.advance(INTERVAL.toNanos());
    assertThat(answered(calls.get(2))).isEqualTo("p-2");
    assertThat(served).containsExactly("p-0", "p-2");
  }

  @Test
  void howManyWaitAndHowLongShowsInTheMetrics() throws Exception {
    start(new Rate(INTERVAL, 5));
    comeOneAfterAnother("ann", 4);
    assertThat(sample("rate_limit_queue")).isEqualTo(3);

    timer.advance(3 * INTERVAL.toNanos());

    assertThat(sample("rate_limit_queue")).isZero();
    assertThat(sample("rate_limit_delay_seconds_count")).isEqualTo(4);
    assertThat(sample("rate_limit_delay_seconds_sum")).isCloseTo(.6, within(1e-9));
  }

  @Test
  void withTheRealClockCallsAreServedNoFasterThanTheyMay() throws Exception {
    start(new Rate(INTERVAL, 5), Timer.real());
    long start = System.nanoTime();

    for (ListenableFuture<Product> call :
        IntStream.range(0, 4).mapToObj(i -> call("ann", "p-" + i)).toList()) {
      answered(call);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(INTERVAL.multipliedBy(3));
    assertThat(served).hasSize(4);
  }

  private void start(Rate rate) throws IOException {
    start(rate, timer);
  }

  private void start(Rate rate, Timer withTimer) throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .executor(oneThread)
            .addService(
                ServerInterceptors.interceptForward(
                    new Products(),
                    new SaysWhoItIs(),
                    new RateLimit(rate, "product", metrics, withTimer)))
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
  }

  /** So that it is known who was first; of these, one goes through and the others wait. */
  private List<ListenableFuture<Product>> comeOneAfterAnother(String who, int calls) {
    return IntStream.range(0, calls)
        .mapToObj(
            i -> {
              ListenableFuture<Product> call = call(who, "p-" + i);
              await().until(() -> sample("rate_limit_delay_seconds_count") > i);
              return call;
            })
        .toList();
  }

  private ListenableFuture<Product> call(String who, String product) {
    Metadata headers = new Metadata();
    headers.put(WHO, who);
    ProductServiceFutureStub products =
        ProductServiceGrpc.newFutureStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return products.getProduct(GetProductRequest.newBuilder().setProductId(product).build());
  }

  private static String answered(ListenableFuture<Product> call) throws Exception {
    return call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getId();
  }

  private static StatusRuntimeException failure(ListenableFuture<Product> call) {
    return (StatusRuntimeException)
        catchThrowableOfType(ExecutionException.class, () -> answered(call)).getCause();
  }

  private static Duration retryAfter(StatusRuntimeException refused) throws IOException {
    RetryInfo retry =
        StatusProto.fromThrowable(refused).getDetailsList().stream()
            .filter(detail -> detail.is(RetryInfo.class))
            .findFirst()
            .orElseThrow()
            .unpack(RetryInfo.class);
    return Duration.ofNanos(Durations.toNanos(retry.getRetryDelay()));
  }

  private double sample(String name) {
    return metrics.getSampleValue(name, new String[] {"service"}, new String[] {"product"});
  }

  /** Stands for the door. */
  private static final class SaysWhoItIs implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String who = headers.get(WHO);
      Caller caller = new Caller("gateway", Optional.of(new Caller.User(who, who, false)));
      return Contexts.interceptCall(
          Context.current().withValue(Caller.CURRENT, caller), call, headers, next);
    }
  }

  private final class Products extends ProductServiceGrpc.ProductServiceImplBase {
    @Override
    public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
      served.add(request.getProductId());
      answer.onNext(Product.newBuilder().setId(request.getProductId()).build());
      answer.onCompleted();
    }
  }
}
