package dev.platformkit.kit.resilience;

import static dev.platformkit.kit.Patience.PATIENCE;
import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.google.common.util.concurrent.ListenableFuture;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.product.v1.ProductServiceGrpc.ProductServiceFutureStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A service that asks another one which is not well, over a real connection. */
class GuardsTest {
  private final Moody moody = new Moody();
  private final CollectorRegistry metrics = new CollectorRegistry();
  private Server server;
  private ManagedChannel bare;
  private Channel guarded;

  @BeforeEach
  void start() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(moody)
            .build()
            .start();
    bare =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    guarded =
        ClientInterceptors.intercept(bare, new Guards("cart-api", metrics).towards("product"));
  }

  @AfterEach
  void stop() {
    bare.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void whatFailsTooOftenIsNotAskedForAWhileAndThenTriedAgain() {
    moody.failure = Optional.of(Status.UNAVAILABLE);
    for (int i = 0; i < 10; i++) {
      assertThat(ask(guarded)).isEqualTo("UNAVAILABLE");
    }
    int asked = moody.asked.get();

    assertThat(ask(guarded)).isEqualTo("BREAKER_OPEN");
    assertThat(moody.asked).hasValue(asked);
    assertThat(state("open")).isEqualTo(1);

    moody.failure = Optional.empty();
    await().until(() -> state("half_open") == 1);
    for (int i = 0; i < 3; i++) {
      assertThat(ask(guarded)).isEqualTo("answered");
    }
    assertThat(state("closed")).isEqualTo(1);
    assertThat(state("half_open")).isZero();
  }

  @Test
  void whatHangsIsNotAskedEither() {
    moody.hangs = true;
    for (int i = 0; i < 10; i++) {
      assertThat(ask(guarded, 100)).isEqualTo("DEADLINE_EXCEEDED");
    }

    assertThat(ask(guarded, 100)).isEqualTo("BREAKER_OPEN");
  }

  @Test
  void withoutAGuardEveryCallWaitsForWhatHangs() {
    moody.hangs = true;
    for (int i = 0; i < 11; i++) {
      assertThat(ask(bare, 100)).isEqualTo("DEADLINE_EXCEEDED");
    }
  }

  @Test
  void beingAskedSomethingWrongIsNoFailure() {
    moody.failure = Optional.of(Status.NOT_FOUND);
    for (int i = 0; i < 30; i++) {
      assertThat(ask(guarded)).isEqualTo("NOT_FOUND");
    }

    assertThat(state("closed")).isEqualTo(1);
  }

  @Test
  void onlySoManyCallsWaitForOneServiceAtATime() throws Exception {
    moody.hangs = true;
    List<ListenableFuture<Product>> waiting = new ArrayList<>();
    for (int i = 0; i < Guards.AT_A_TIME; i++) {
      waiting.add(call(guarded, PATIENCE.toMillis()));
    }
    assertThat(inUse()).isEqualTo(Guards.AT_A_TIME);

    assertThat(ask(guarded)).isEqualTo("BULKHEAD_FULL");

    waiting.forEach(call -> call.cancel(true));
    await().until(() -> inUse() == 0);
    moody.hangs = false;
    assertThat(ask(guarded)).isEqualTo("answered");
  }

  @Test
  void oneServiceThatHangsHoldsUpNobodyElse() throws Exception {
    Guards guards = new Guards("shop-front", new CollectorRegistry());
    Channel product = ClientInterceptors.intercept(bare, guards.towards("product"));
    Channel user = ClientInterceptors.intercept(bare, guards.towards("user"));
    moody.hangs = true;
    List<ListenableFuture<Product>> waiting = new ArrayList<>();
    for (int i = 0; i < Guards.AT_A_TIME; i++) {
      waiting.add(asked(product));
    }

    moody.hangs = false;

    assertThat(ask(product)).isEqualTo("BULKHEAD_FULL");
    assertThat(ask(user)).isEqualTo("answered");
    assertThat(waiting).noneMatch(ListenableFuture::isDone);
  }

  @Test
  void onlyThreeTryWhetherItIsWellAgainAndWhileItIsNotItStaysOpen() throws Exception {
    moody.failure = Optional.of(Status.UNAVAILABLE);
    for (int i = 0; i < 10; i++) {
      ask(guarded);
    }
    moody.hangs = true;
    await().until(() -> state("half_open") == 1);
    List<ListenableFuture<Product>> tries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tries.add(call(guarded, 300));
    }

    assertThat(ask(guarded)).isEqualTo("BREAKER_OPEN");
    await().until(() -> state("open") == 1);
    assertThat(tries).allMatch(ListenableFuture::isDone);

    moody.hangs = false;
    moody.failure = Optional.empty();
    await().until(() -> ask(guarded).equals("answered"));
    await()
        .untilAsserted(
            () -> {
              ask(guarded);
              assertThat(state("closed")).isEqualTo(1);
            });
  }

  @Test
  void thatCallersGiveUpSaysSomethingOnlyOnceTheyHaveWaitedLong() throws Exception {
    // Connected.
    assertThat(ask(bare)).isEqualTo("answered");
    moody.hangs = true;
    for (int i = 0; i < 20; i++) {
      asked(guarded).cancel(true);
      await().until(() -> inUse() == 0);
    }
    assertThat(state("closed")).isEqualTo(1);
    assertThat(calls("slow")).isZero();

    List<ListenableFuture<Product>> patient = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      patient.add(asked(guarded));
    }
    long since = System.nanoTime();
    await().until(() -> System.nanoTime() - since > Guards.SLOW.toNanos());
    patient.forEach(call -> call.cancel(true));
    await().until(() -> calls("slow") == 8);
    for (int i = 0; i < 2; i++) {
      assertThat(ask(guarded, 10)).isEqualTo("DEADLINE_EXCEEDED");
    }

    assertThat(ask(guarded)).isEqualTo("BREAKER_OPEN");
  }

  @Test
  void aBreakerThatOpensIsLoggedOnceInTheTraceOfTheCallThatOpenedIt() {
    Channel pay =
        ClientInterceptors.intercept(
            bare, new Guards("cart-api", new CollectorRegistry()).towards("pay"));
    SpanContext trace =
        SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            TraceFlags.getSampled(),
            TraceState.getDefault());
    moody.failure = Optional.of(Status.UNAVAILABLE);

    List<String> lines = new CopyOnWriteArrayList<>();
    Logger log = (Logger) LoggerFactory.getLogger(Guards.class);
    Appender<ILoggingEvent> noted =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent line) {
            if (line.getFormattedMessage().contains("towards pay is open")) {
              lines.add(Span.current().getSpanContext().getTraceId());
            }
          }
        };
    noted.start();
    log.addAppender(noted);
    Context.root()
        .with(Span.wrap(trace))
        .wrap(
            () -> {
              for (int i = 0; i < 15; i++) {
                ask(pay);
              }
            })
        .run();
    log.detachAppender(noted);

    assertThat(lines).containsExactly(trace.getTraceId());
  }

  /** Asks, and waits until the service has heard it. */
  private ListenableFuture<Product> asked(Channel channel) {
    int before = moody.asked.get();
    ListenableFuture<Product> call = call(channel, PATIENCE.toMillis());
    await().until(() -> moody.asked.get() > before);
    return call;
  }

  private String ask(Channel channel) {
    return ask(channel, PATIENCE.toMillis());
  }

  private static String ask(Channel channel, long millis) {
    try {
      call(channel, millis).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return "answered";
    } catch (ExecutionException e) {
      StatusRuntimeException thrown = (StatusRuntimeException) e.getCause();
      return Refusal.reason(thrown).orElse(thrown.getStatus().getCode().name());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static ListenableFuture<Product> call(Channel channel, long millis) {
    ProductServiceFutureStub products =
        ProductServiceGrpc.newFutureStub(channel).withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    return products.getProduct(GetProductRequest.newBuilder().setProductId("p-1").build());
  }

  private double state(String state) {
    return metrics.getSampleValue(
        "breaker_state",
        new String[] {"service", "target", "state"},
        new String[] {"cart-api", "product", state});
  }

  private double calls(String result) {
    return metrics.getSampleValue(
        "breaker_calls_total",
        new String[] {"service", "target", "result"},
        new String[] {"cart-api", "product", result});
  }

  private double inUse() {
    return metrics.getSampleValue(
        "bulkhead_in_use",
        new String[] {"service", "target"},
        new String[] {"cart-api", "product"});
  }

  /** Answers, fails, or does neither. */
  private static final class Moody extends ProductServiceGrpc.ProductServiceImplBase {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Optional<Status> failure = Optional.empty();
    private volatile boolean hangs;

    @Override
    public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
      asked.incrementAndGet();
      if (hangs) {
        return;
      }
      if (failure.isPresent()) {
        answer.onError(failure.get().asRuntimeException());
        return;
      }
      answer.onNext(Product.newBuilder().setId(request.getProductId()).build());
      answer.onCompleted();
    }
  }
}
