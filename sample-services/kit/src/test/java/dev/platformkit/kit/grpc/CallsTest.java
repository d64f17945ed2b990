package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.PATIENCE;
import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls from one service to another, with everything that stands between them. */
class CallsTest {
  /** Resolvers are known to the whole process; each test has one of its own. */
  private final String scheme = "test-" + UUID.randomUUID();

  private final FakeRegistry registry = new FakeRegistry();
  private final CollectorRegistry clientMetrics = new CollectorRegistry();
  private final CollectorRegistry serverMetrics = new CollectorRegistry();
  private final Telemetry client =
      Telemetry.start("caller", "host-1", Optional.empty(), clientMetrics);
  private final List<GrpcServer> servers = new ArrayList<>();
  private final Channels channels =
      new Channels(scheme, Selection.ROUND_ROBIN, client, service -> List.of());
  private Channel echo;

  @BeforeEach
  void connect() {
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(scheme, registry));
    echo = channels.to("echo");
  }

  @AfterEach
  void stop() {
    channels.close();
    servers.forEach(server -> server.stop(Duration.ZERO));
    client.close();
  }

  @Test
  void aCallIsOneTraceOnBothSidesAndCountedOnBoth() throws IOException {
    AtomicReference<SpanContext> inside = new AtomicReference<>();
    registry.knows(
        serve(
            text -> {
              inside.set(Span.current().getSpanContext());
              return text;
            }));
    Span request = client.tracer().spanBuilder("request").startSpan();

    try (var scope = request.makeCurrent()) {
      assertThat(scope).isNotNull();
      assertThat(Echo.say(echo, "hello")).isEqualTo("hello");
    }

    assertThat(inside.get().getTraceId()).isEqualTo(request.getSpanContext().getTraceId());
    assertThat(inside.get().getSpanId()).isNotEqualTo(request.getSpanContext().getSpanId());
    assertThat(handled("OK")).isEqualTo(1);
    assertThat(
            clientMetrics.getSampleValue(
                "grpc_client_handled_total",
                new String[] {"service", "target", "method", "code"},
                new String[] {"caller", "echo", "Say", "OK"}))
        .isEqualTo(1);
  }

  @Test
  void whatCanBeAskedIsCountedAsZeroBeforeItIs() throws IOException {
    serve(text -> text);

    assertThat(handled("OK")).isZero();
  }

  @Test
  void aStatusThatIsThrownIsTheAnswer() throws IOException {
    registry.knows(
        serve(
            text -> {
              throw Status.NOT_FOUND.withDescription("no " + text).asRuntimeException();
            }));

    assertThatThrownBy(() -> Echo.say(echo, "p-1")).hasMessage("NOT_FOUND: no p-1");
    assertThat(handled("NOT_FOUND")).isEqualTo(1);
  }

  @Test
  void whatADependencyDoesNotAnswerIsUnavailable() throws IOException {
    registry.knows(
        serve(
            text -> {
              throw new Unavailable("the database does not answer", new IOException("refused"));
            }));

    assertThatThrownBy(() -> Echo.say(echo, ""))
        .hasMessage("UNAVAILABLE: the database does not answer");
  }

  @Test
  void whatNobodyForesawIsNotToldInDetail() throws IOException {
    registry.knows(
        serve(
            text -> {
              throw new IllegalStateException("password is hunter2");
            }));

    assertThatThrownBy(() -> Echo.say(echo, "")).hasMessage("INTERNAL: internal error");
  }

  @Test
  void aCallWithoutADeadlineGetsOne() throws IOException {
    AtomicReference<Deadline> deadline = new AtomicReference<>();
    registry.knows(
        serve(
            text -> {
              deadline.set(Context.current().getDeadline());
              return text;
            }));

    Echo.say(echo, "connected");
    deadline.set(null);
    Echo.sayWithoutDeadline(echo, "");

    assertThat(deadline.get().timeRemaining(TimeUnit.MILLISECONDS))
        .isPositive()
        .isLessThanOrEqualTo(Channels.DEADLINE.toMillis());
  }

  @Test
  void instancesAreAskedInTurn() throws IOException {
    registry.knows(serve(text -> "one"), serve(text -> "two"));

    await()
        .untilAsserted(
            () ->
                assertThat(List.of(Echo.say(echo, ""), Echo.say(echo, "")))
                    .containsExactlyInAnyOrder("one", "two"));
  }

  @Test
  void whatWasKnownLastIsUsedWhileTheRegistryIsAway() throws IOException {
    registry.knows(serve(text -> text));
    Echo.say(echo, "before");

    registry.doesNotAnswer();

    assertThat(Echo.say(echo, "after")).isEqualTo("after");
  }

  @Test
  void aRegistryThatForgotEverybodyDoesNoHarm() throws IOException {
    registry.knows(serve(text -> text));
    Echo.say(echo, "before");

    registry.knows();

    assertThat(Echo.say(echo, "after")).isEqualTo("after");
  }

  @Test
  void aServiceThatIsGoneIsUnavailable() throws IOException {
    registry.knows(serve(text -> text));
    Echo.say(echo, "before");

    registry.knows();
    servers.get(0).stop(Duration.ZERO);

    await().untilAsserted(() -> assertThat(failure(echo)).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void anotherServiceThatHasGotTheAddressIsNotTakenForIt() throws IOException {
    Endpoint notPay = serve(text -> "not what was asked for");
    Channel pay = channels.to("pay");

    registry.knows(notPay);

    assertThat(failure(pay)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aServiceThatNobodyKnowsIsUnavailableWithoutWaiting() {
    registry.doesNotAnswer();

    assertThat(failure(echo)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void anInstanceThatComesLaterIsFound() throws IOException {
    registry.knows();
    assertThat(failure(echo)).isEqualTo(Status.Code.UNAVAILABLE);

    registry.knows(serve(text -> text));

    await().ignoreExceptions().until(() -> Echo.say(echo, "now").equals("now"));
  }

  @Test
  void aServerThatStopsEndsWhatIsUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    registry.knows(
        serve(
            text -> {
              begun.countDown();
              awaited(goOn);
              return text;
            }));
    CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> Echo.say(echo, "last"));
    awaited(begun);

    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(() -> servers.get(0).stop(PATIENCE));
    goOn.countDown();

    assertThat(call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("last");
    stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private Endpoint serve(UnaryOperator<String> answer) throws IOException {
    CollectorRegistry metrics = servers.isEmpty() ? serverMetrics : new CollectorRegistry();
    Telemetry telemetry = Telemetry.start("echo", "host-2", Optional.empty(), metrics);
    GrpcServer server =
        GrpcServer.start(0, telemetry, "echo-1", List.of(new Echo(answer)), List.of());
    servers.add(server);
    return new Endpoint("127.0.0.1", server.port());
  }

  private double handled(String code) {
    return serverMetrics.getSampleValue(
        "grpc_server_handled_total",
        new String[] {"service", "method", "code"},
        new String[] {"echo", "Say", code});
  }

  private static Status.Code failure(Channel channel) {
    try {
      Echo.say(channel, "");
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
