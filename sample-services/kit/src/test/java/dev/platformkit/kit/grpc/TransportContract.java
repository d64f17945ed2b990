package dev.platformkit.kit.grpc;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static dev.platformkit.kit.Patience.PATIENCE;
import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.Lists;
import com.google.protobuf.StringValue;
import dev.platformkit.kit.auth.AccessTokens;
import dev.platformkit.kit.auth.Credentials;
import dev.platformkit.kit.auth.Door;
import dev.platformkit.kit.auth.ServiceKey;
import dev.platformkit.kit.codec.CodecKind;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.contract.Validation;
import dev.platformkit.kit.telemetry.Telemetry;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every transport keeps to, whichever is chosen, with everything that a call passes. */
abstract class TransportContract {
  private static final Metadata.Key<String> COLOUR =
      Metadata.Key.of("colour", Metadata.ASCII_STRING_MARSHALLER);
  private static final int LARGEST_REQUEST = 1 << 20;
  private static final int LARGEST_ANSWER = 4 << 20;

  protected final String service = "talk-" + UUID.randomUUID();
  private final CollectorRegistry serverMetrics = new CollectorRegistry();
  private final CollectorRegistry clientMetrics = new CollectorRegistry();
  private final Telemetry client =
      Telemetry.start("caller", "host-1", Optional.empty(), clientMetrics);
  private final List<Channels> opened = new ArrayList<>();
  private Optional<GrpcServer> server = Optional.empty();

  /** The same for both ends. */
  protected abstract Transport transport();

  /** Tells callers where the service listens now, if they have to be told. */
  protected abstract void listensAt(int port);

  @AfterEach
  void stop() {
    opened.forEach(Channels::close);
    server.ifPresent(s -> s.stop(Duration.ZERO));
    client.close();
  }

  @Test
  void oneMessageHasOneAnswer() throws IOException {
    serve(text -> text + "!");

    assertThat(say(talk(), "hello")).isEqualTo("hello!");
  }

  @Test
  void manyMessagesHaveOneAnswer() throws Exception {
    serve(text -> text + "!");
    Answers answers = new Answers();

    StreamObserver<StringValue> messages =
        ClientCalls.asyncClientStreamingCall(talk().newCall(Talk.JOIN, Talk.patiently()), answers);
    List.of("this", "is", "it").forEach(text -> messages.onNext(StringValue.of(text)));
    messages.onCompleted();

    assertThat(answers.all()).containsExactly("this is it!");
  }

  @Test
  void oneMessageHasManyAnswersInOrder() throws IOException {
    serve(text -> text + "!");

    assertThat(
            Lists.newArrayList(
                ClientCalls.blockingServerStreamingCall(
                    talk(), Talk.SPLIT, Talk.patiently(), StringValue.of("this is it"))))
        .extracting(StringValue::getValue)
        .containsExactly("this!", "is!", "it!");
  }

  @Test
  void messagesAndAnswersTakeTurns() throws Exception {
    serve(text -> text + "!");
    Answers answers = new Answers();
    StreamObserver<StringValue> messages =
        ClientCalls.asyncBidiStreamingCall(talk().newCall(Talk.CHAT, Talk.patiently()), answers);

    messages.onNext(StringValue.of("one"));
    assertThat(answers.next()).isEqualTo("one!");
    messages.onNext(StringValue.of("two"));
    assertThat(answers.next()).isEqualTo("two!");
    messages.onCompleted();

    assertThat(answers.all()).isEmpty();
  }

  @Test
  void aDeadlineIsKnownToTheServiceAndEndsWhatItDoes() throws Exception {
    AtomicReference<Deadline> deadline = new AtomicReference<>();
    CountDownLatch cancelled = new CountDownLatch(1);
    serve(
        text -> {
          if (text.equals("slow")) {
            deadline.set(Context.current().getDeadline());
            Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
            awaited(cancelled);
          }
          return text;
        });
    say(talk(), "connected");

    CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);
    assertThat(code(() -> say(talk(), "slow", soon))).isEqualTo(Code.DEADLINE_EXCEEDED);

    awaited(cancelled);
    assertThat(deadline.get().timeRemaining(TimeUnit.MILLISECONDS)).isLessThanOrEqualTo(300);
  }

  @Test
  void aCallWithoutADeadlineGetsOne() throws IOException {
    AtomicReference<Deadline> deadline = new AtomicReference<>();
    serve(
        text -> {
          deadline.set(Context.current().getDeadline());
          return text;
        });
    say(talk(), "connected");

    say(talk(), "now", CallOptions.DEFAULT);

    assertThat(deadline.get().timeRemaining(TimeUnit.MILLISECONDS))
        .isPositive()
        .isLessThanOrEqualTo(Channels.DEADLINE.toMillis());
  }

  @Test
  void whoGoesAwayIsNoticed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    serve(
        text -> {
          Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
          begun.countDown();
          awaited(cancelled);
          return text;
        });
    ClientCall<StringValue, StringValue> call = talk().newCall(Talk.SAY, Talk.patiently());
    ClientCalls.asyncUnaryCall(call, StringValue.of("hello"), new Answers());
    awaited(begun);

    call.cancel("not interested any more", null);

    awaited(cancelled);
  }

  @Test
  void headersArrive() throws IOException {
    AtomicReference<String> colour = new AtomicReference<>();
    serve(new Talk(text -> text), noting(colour));
    Metadata headers = new Metadata();
    headers.put(COLOUR, "red");

    say(channel(target -> List.of(MetadataUtils.newAttachHeadersInterceptor(headers))), "hello");

    assertThat(colour.get()).isEqualTo("red");
  }

  @Test
  void aCallIsOneTraceOnBothSidesAndCountedOnBoth() throws IOException {
    AtomicReference<String> inside = new AtomicReference<>();
    serve(
        text -> {
          inside.set(Span.current().getSpanContext().getTraceId());
          return text;
        });
    Span request = client.tracer().spanBuilder("request").startSpan();

    try (var scope = request.makeCurrent()) {
      assertThat(scope).isNotNull();
      say(talk(), "hello");
    }

    assertThat(inside.get()).isEqualTo(request.getSpanContext().getTraceId());
    assertThat(handled("OK")).isEqualTo(1);
    assertThat(
            clientMetrics.getSampleValue(
                "grpc_client_handled_total",
                new String[] {"service", "target", "method", "code"},
                new String[] {"caller", service, "Say", "OK"}))
        .isEqualTo(1);
  }

  @Test
  void aRefusalArrivesWithItsDetails() throws IOException {
    serve(
        text -> {
          throw Refusal.because(Code.NOT_FOUND, "UNKNOWN_WORD", "no " + text).asException();
        });

    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> say(talk(), "word"));

    assertThat(refused).hasMessage("NOT_FOUND: no word");
    assertThat(Refusal.reason(refused)).hasValue("UNKNOWN_WORD");
  }

  @Test
  void whatNobodyForesawIsNotToldInDetail() throws IOException {
    serve(
        text -> {
          throw new IllegalStateException("password is hunter2");
        });

    assertThatThrownBy(() -> say(talk(), "")).hasMessage("INTERNAL: internal error").hasNoCause();
  }

  @Test
  void aServerThatStopsLosesNoCall() throws Exception {
    int calls = 8;
    CountDownLatch begun = new CountDownLatch(calls);
    CountDownLatch goOn = new CountDownLatch(1);
    serve(
        text -> {
          begun.countDown();
          awaited(goOn);
          return text;
        });
    ExecutorService callers = Executors.newFixedThreadPool(calls + 1);
    Channel talk = talk();
    List<CompletableFuture<String>> underWay =
        IntStream.range(0, calls)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> say(talk, "call " + i), callers))
            .toList();
    awaited(begun);

    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(() -> server.orElseThrow().stop(PATIENCE), callers);
    await().until(() -> code(() -> say(talk, "late", soon())) == Code.UNAVAILABLE);
    goOn.countDown();

    for (int i = 0; i < calls; i++) {
      assertThat(underWay.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("call " + i);
    }
    stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    callers.shutdown();
  }

  @Test
  void aMessageMayBeSoLargeAndNoLarger() throws IOException {
    serve(text -> text.startsWith("large") ? "x".repeat(LARGEST_ANSWER) : text.substring(0, 1));

    assertThat(say(talk(), "x".repeat(LARGEST_REQUEST - 10))).isEqualTo("x");
    assertThat(code(() -> say(talk(), "x".repeat(LARGEST_REQUEST))))
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(code(() -> say(talk(), "large"))).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void onlyServicesOfTheShopAreLetIn(@TempDir Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef");
    serve(new Products(new AtomicInteger()), door(key), new Validation());

    assertThat(code(() -> product(channel(target -> List.of()), "p-1")))
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(product(channel(credentials(key)), "p-1")).isEqualTo("p-1");
  }

  @Test
  void whatBreaksItsContractIsRefused(@TempDir Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef");
    serve(new Products(new AtomicInteger()), door(key), new Validation());

    assertThatThrownBy(() -> product(channel(credentials(key)), ""))
        .hasMessage("INVALID_ARGUMENT: product_id must have at least 1 characters");
  }

  @Test
  void aReadThatNobodyTookIsTriedAgain() throws IOException {
    AtomicInteger failures = new AtomicInteger(2);
    serve(new Products(failures));

    assertThat(product(talk(), "p-1")).isEqualTo("p-1");
    assertThat(failures).hasValue(-1);
  }

  @Test
  void aServiceThatComesLaterIsReached() throws IOException {
    Channel talk = talk();
    listensAt(1);
    await().until(() -> code(() -> say(talk, "early", soon())) == Code.UNAVAILABLE);

    serve(text -> text);

    await().ignoreExceptions().until(() -> say(talk, "now").equals("now"));
  }

  @Test
  void messagesCanBeWrittenAsJson() throws IOException {
    AtomicReference<String> codec = new AtomicReference<>();
    serve(new Products(new AtomicInteger()), noting(codec, WrittenCalls.CODEC));

    assertThat(product(channel(CodecKind.JSON, target -> List.of()), "p-1")).isEqualTo("p-1");

    assertThat(codec.get()).isEqualTo("json");
  }

  private void serve(UnaryOperator<String> answer) throws IOException {
    serve(new Talk(answer));
  }

  private void serve(BindableService served, ServerInterceptor... inside) throws IOException {
    Telemetry telemetry = Telemetry.start(service, "host-2", Optional.empty(), serverMetrics);
    GrpcServer started =
        GrpcServer.start(
            transport(), 0, telemetry, service + "-1", List.of(served), List.of(inside));
    server = Optional.of(started);
    listensAt(started.port());
  }

  private Channel talk() {
    return channel(target -> List.of());
  }

  private Channel channel(Function<String, List<ClientInterceptor>> more) {
    return channel(CodecKind.PROTOBUF, more);
  }

  private Channel channel(CodecKind codec, Function<String, List<ClientInterceptor>> more) {
    Telemetry own =
        opened.isEmpty()
            ? client
            : Telemetry.start("caller", "host-1", Optional.empty(), new CollectorRegistry());
    Channels channels = new Channels(transport(), codec, own, more);
    opened.add(channels);
    return channels.to(service);
  }

  private ServerInterceptor door(Path key) {
    return new Door(
        ServiceKey.read(service, key), new AccessTokens(id -> Optional.empty(), Clock.systemUTC()));
  }

  private static Function<String, List<ClientInterceptor>> credentials(Path key) {
    return target -> List.of(new Credentials(ServiceKey.read("caller", key)).towards(target));
  }

  private static ServerInterceptor noting(AtomicReference<String> value) {
    return noting(value, COLOUR);
  }

  private static ServerInterceptor noting(
      AtomicReference<String> value, Metadata.Key<String> header) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        value.set(headers.get(header));
        return next.startCall(call, headers);
      }
    };
  }

  private static String say(Channel channel, String text) {
    return say(channel, text, Talk.patiently());
  }

  private static String say(Channel channel, String text, CallOptions options) {
    return ClientCalls.blockingUnaryCall(channel, Talk.SAY, options, StringValue.of(text))
        .getValue();
  }

  private static CallOptions soon() {
    return CallOptions.DEFAULT.withDeadlineAfter(500, TimeUnit.MILLISECONDS);
  }

  private static String product(Channel channel, String id) {
    return ProductServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .getProduct(GetProductRequest.newBuilder().setProductId(id).build())
        .getId();
  }

  private static Code code(Callable<?> call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::call);
    return failure == null ? Code.OK : failure.getStatus().getCode();
  }

  private double handled(String code) {
    return Optional.ofNullable(
            serverMetrics.getSampleValue(
                "grpc_server_handled_total",
                new String[] {"service", "method", "code"},
                new String[] {service, "Say", code}))
        .orElse(0.0);
  }

  /** Whoever serves may be interrupted by the server's end just when it need not wait any more. */
  private static void awaited(CountDownLatch latch) {
    assertThat(awaitUninterruptibly(latch, PATIENCE)).isTrue();
  }

  /** What came back, in order. */
  private static final class Answers implements StreamObserver<StringValue> {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    @Override
    public void onNext(StringValue answer) {
      heard.add(answer.getValue());
    }

    @Override
    public void onError(Throwable failure) {
      over.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      over.complete(null);
    }

    String next() throws InterruptedException {
      return heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    List<String> all() throws Exception {
      over.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return List.copyOf(heard);
    }
  }

  /** Answers with what it was asked for, after it has failed so many times. */
  private static final class Products extends ProductServiceGrpc.ProductServiceImplBase {
    private final AtomicInteger failures;

    Products(AtomicInteger failures) {
      this.failures = failures;
    }

    @Override
    public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
      if (failures.getAndDecrement() > 0) {
        throw Status.UNAVAILABLE.asRuntimeException();
      }
      Unary.answer(answer, Product.newBuilder().setId(request.getProductId()).build());
    }
  }
}
