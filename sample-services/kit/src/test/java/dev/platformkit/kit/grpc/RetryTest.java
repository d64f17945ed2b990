package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.cart.v1.CartServiceGrpc.CartServiceBlockingStub;
import dev.platformkit.shop.cart.v1.GetCartRequest;
import dev.platformkit.shop.cart.v1.GetCartResponse;
import dev.platformkit.shop.cart.v1.Item;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.EventData;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is tried again, against a server that really fails. */
class RetryTest {
  private final String scheme = "retry-" + UUID.randomUUID();
  private final FakeRegistry registry = new FakeRegistry();
  private final Telemetry telemetry =
      Telemetry.start("cart", "host-1", Optional.empty(), new CollectorRegistry());
  private final FailingCart cart = new FailingCart();
  private final Channels channels =
      new Channels(scheme, Selection.RANDOM, telemetry, service -> List.of(new SpansOfCalls()));
  private final List<ReadableSpan> calls = Collections.synchronizedList(new ArrayList<>());
  private GrpcServer server;

  @BeforeEach
  void start() throws IOException {
    server = GrpcServer.start(0, telemetry, "cart-1", List.of(cart), List.of());
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(scheme, registry));
    registry.knows(new Endpoint("127.0.0.1", server.port()));
  }

  @AfterEach
  void stop() {
    channels.close();
    server.stop(Duration.ZERO);
    telemetry.close();
  }

  @Test
  void aReadThatFailsOnceSucceeds() {
    cart.fails(1, Status.UNAVAILABLE);

    assertThat(read()).isEqualTo(Code.OK);

    assertThat(cart.tries).hasSize(2);
  }

  @Test
  void aReadIsTriedThreeTimesAtMost() {
    cart.fails(100, Status.UNAVAILABLE);

    assertThat(read()).isEqualTo(Code.UNAVAILABLE);

    assertThat(cart.tries).hasSize(3);
  }

  @Test
  void eachTryIsASpanOfItsOwnThatTellsHowManyWereBefore() {
    cart.fails(100, Status.UNAVAILABLE);
    Span request = telemetry.tracer().spanBuilder("request").startSpan();

    try (var scope = request.makeCurrent()) {
      assertThat(scope).isNotNull();
      assertThat(read()).isEqualTo(Code.UNAVAILABLE);
    }

    assertThat(cart.tries).extracting(Try::before).containsExactly(null, "1", "2");
    assertThat(cart.tries).extracting(Try::span).doesNotHaveDuplicates();
    assertThat(cart.tries)
        .extracting(Try::trace)
        .containsOnly(request.getSpanContext().getTraceId());
  }

  @Test
  void theCallersSpanTellsHowEachAttemptEnded() {
    cart.fails(1, Status.UNAVAILABLE);
    assertThat(read()).isEqualTo(Code.OK);
    assertThat(read()).isEqualTo(Code.OK);

    assertThat(calls).hasSize(2);
    assertThat(attempts(calls.get(0))).containsExactly("0 UNAVAILABLE", "1 OK");
    assertThat(attempts(calls.get(1))).isEmpty();
  }

  @Test
  void aWriteIsNeverTriedAgain() {
    cart.fails(1, Status.UNAVAILABLE);

    assertThat(write()).isEqualTo(Code.UNAVAILABLE);

    assertThat(cart.tries).hasSize(1);
  }

  @Test
  void aReadThatIsRefusedIsNotTriedAgain() {
    for (Status refused :
        List.of(
            Status.INTERNAL,
            Status.RESOURCE_EXHAUSTED,
            Status.DEADLINE_EXCEEDED,
            Status.PERMISSION_DENIED)) {
      cart.tries.clear();
      cart.fails(1, refused);
      assertThat(read()).isEqualTo(refused.getCode());
      assertThat(cart.tries).hasSize(1);
    }
  }

  /** Twenty tokens, of which each failure takes one; with ten left nothing is tried again. */
  @Test
  void aServiceThatIsDownIsSoonSparedFromRetries() {
    cart.fails(Integer.MAX_VALUE, Status.UNAVAILABLE);
    int calls = 100;

    for (int i = 0; i < calls; i++) {
      assertThat(read()).isEqualTo(Code.UNAVAILABLE);
    }

    assertThat(cart.tries.size()).isGreaterThan(calls).isLessThanOrEqualTo(calls + 10);
    cart.tries.clear();
    assertThat(read()).isEqualTo(Code.UNAVAILABLE);
    assertThat(cart.tries).hasSize(1);
  }

  @Test
  void theBudgetComesBackWithCallsThatSucceed() {
    cart.fails(Integer.MAX_VALUE, Status.UNAVAILABLE);
    for (int i = 0; i < 30; i++) {
      assertThat(read()).isEqualTo(Code.UNAVAILABLE);
    }
    cart.fails(0, Status.OK);
    for (int i = 0; i < 200; i++) {
      assertThat(read()).isEqualTo(Code.OK);
    }
    cart.tries.clear();
    cart.fails(1, Status.UNAVAILABLE);

    assertThat(read()).isEqualTo(Code.OK);

    assertThat(cart.tries).hasSize(2);
  }

  private static List<String> attempts(ReadableSpan call) {
    return call.toSpanData().getEvents().stream()
        .filter(event -> event.getName().equals("attempt"))
        .map(EventData::getAttributes)
        .map(
            told ->
                told.get(AttributeKey.longKey("rpc.grpc.previous_attempts"))
                    + " "
                    + told.get(AttributeKey.stringKey("rpc.grpc.status")))
        .toList();
  }

  private Code read() {
    return code(() -> cart().getCart(GetCartRequest.getDefaultInstance()));
  }

  private Code write() {
    return code(() -> cart().addItem(AddItemRequest.getDefaultInstance()));
  }

  private CartServiceBlockingStub cart() {
    return CartServiceGrpc.newBlockingStub(channels.to("cart"))
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static Code code(Callable<?> call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::call);
    return failure == null ? Code.OK : failure.getStatus().getCode();
  }

  /** Keeps the span of each call that is made. */
  private final class SpansOfCalls implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      calls.add((ReadableSpan) Span.current());
      return next.newCall(method, options);
    }
  }

  /** One time that the server was asked. */
  private record Try(String trace, String span, String before) {}

  /** Fails so many times, then answers. */
  private static final class FailingCart extends CartServiceGrpc.CartServiceImplBase {
    private final List<Try> tries = Collections.synchronizedList(new ArrayList<>());
    private int failures;
    private Status failure = Status.OK;

    synchronized void fails(int times, Status with) {
      failures = times;
      failure = with;
    }

    @Override
    public void getCart(GetCartRequest request, StreamObserver<GetCartResponse> answer) {
      tried();
      answer.onNext(GetCartResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void addItem(AddItemRequest request, StreamObserver<Item> answer) {
      tried();
      answer.onNext(Item.getDefaultInstance());
      answer.onCompleted();
    }

    private synchronized void tried() {
      Span span = Span.current();
      tries.add(
          new Try(
              span.getSpanContext().getTraceId(),
              span.getSpanContext().getSpanId(),
              ((ReadableSpan) span)
                  .getAttribute(AttributeKey.stringKey("rpc.grpc.previous_attempts"))));
      if (failures > 0) {
        failures--;
        throw Refusal.because(failure.getCode(), "AWAY", "not now").asException();
      }
    }
  }
}
