package dev.platformkit.kit.auth;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.grpc.GrpcServer;
import dev.platformkit.kit.telemetry.Telemetry;
import dev.platformkit.shop.user.v1.GetKeysRequest;
import dev.platformkit.shop.user.v1.Key;
import dev.platformkit.shop.user.v1.KeySet;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys of a user service that really answers, or does not. */
class FetchedKeysTest {
  private final Telemetry telemetry =
      Telemetry.start("user", "host-1", Optional.empty(), new CollectorRegistry());
  private final Publisher user = new Publisher();
  private final Queue<String> carried = new ConcurrentLinkedQueue<>();
  private GrpcServer server;
  private ManagedChannel channel;
  private FetchedKeys keys;

  @BeforeEach
  void start() throws IOException {
    server = GrpcServer.start(0, telemetry, "user-1", List.of(user), List.of());
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    keys.close();
    channel.shutdownNow();
    server.stop(Duration.ZERO);
    telemetry.close();
  }

  @Test
  void keysAreKnownBeforeAnyoneNeedsThem() {
    user.publishes("k-1");

    fetched();

    assertThat(keys.find("k-1")).map(Key::getKid).hasValue("k-1");
  }

  @Test
  void whileNoKeyWasEverHadNothingCanBeSaidOfATokenAndThenItCan() {
    user.away = true;
    keys = FetchedKeys.from(channel);
    assertThatThrownBy(() -> keys.find("k-1")).isInstanceOf(Unavailable.class);

    user.publishes("k-1");
    user.away = false;

    await().ignoreException(Unavailable.class).until(() -> keys.find("k-1").isPresent());
  }

  @Test
  void aNewKeyIsHeardOfByTheFirstTokenThatNamesIt() {
    user.publishes("k-1");
    fetched();

    user.publishes("k-1", "k-2");

    assertThat(keys.find("k-2")).isPresent();
  }

  @Test
  void tokensThatSomebodyMadeUpDoNotReachUserEachByItself() {
    user.publishes("k-1");
    fetched(Duration.ofHours(1));
    int before = user.asked.get();

    for (int i = 0; i < 100; i++) {
      assertThat(keys.find("made-up-" + i)).isEmpty();
    }

    // One at once, and the one of every minute where a slow machine takes that long.
    assertThat(user.asked.get() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void aTokenThatSomebodyMadeUpKeepsANewKeyOutForAMomentOnly() {
    user.publishes("k-1");
    keys = FetchedKeys.from(channel);
    await().ignoreException(Unavailable.class).until(() -> keys.find("k-1").isPresent());
    assertThat(keys.find("made-up")).isEmpty();
    long asked = System.nanoTime();

    user.publishes("k-1", "k-2");

    await().until(() -> keys.find("k-2").isPresent());
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void keysStayKnownWhileUserIsAwayOrHasNone() {
    user.publishes("k-1");
    fetched();
    int before = user.asked.get();

    user.publishes();
    assertThat(keys.find("made-up")).isEmpty();
    assertThat(keys.find("k-1")).isPresent();

    user.away = true;
    assertThat(keys.find("made-up")).isEmpty();
    assertThat(keys.find("k-1")).isPresent();
    assertThat(user.asked.get() - before).isGreaterThanOrEqualTo(2);
  }

  @Test
  void theRequestInWhoseCourseKeysAreFetchedLendsThemNothing() {
    user.publishes("k-1");
    fetched();
    carried.clear();
    user.publishes("k-1", "k-2");
    Span request = telemetry.tracer().spanBuilder("request").startSpan();

    try (var scope = request.makeCurrent()) {
      assertThat(scope).isNotNull();
      Context.current()
          .withValue(Caller.TOKEN, "somebody's")
          .run(() -> assertThat(keys.find("k-2")).isPresent());
    }

    assertThat(carried).isNotEmpty().containsOnly("token null, traced false");
  }

  private void fetched() {
    fetched(Duration.ZERO);
  }

  private void fetched(Duration atOnceAtMostEvery) {
    keys =
        FetchedKeys.from(ClientInterceptors.intercept(channel, new Carries()), atOnceAtMostEvery);
    await().ignoreException(Unavailable.class).until(() -> keys.find("k-1").isPresent());
  }

  /** Writes down what a call would carry along. */
  private final class Carries implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      carried.add(
          "token %s, traced %s"
              .formatted(Caller.TOKEN.get(), Span.current().getSpanContext().isValid()));
      return next.newCall(method, options);
    }
  }

  private static final class Publisher extends UserServiceGrpc.UserServiceImplBase {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile KeySet published = KeySet.getDefaultInstance();
    private volatile boolean away;

    void publishes(String... ids) {
      KeySet.Builder set = KeySet.newBuilder();
      for (String id : ids) {
        set.addKeys(Key.newBuilder().setKid(id));
      }
      published = set.build();
    }

    @Override
    public void getKeys(GetKeysRequest request, StreamObserver<KeySet> answer) {
      asked.incrementAndGet();
      if (away) {
        throw Status.UNAVAILABLE.asRuntimeException();
      }
      answer.onNext(published);
      answer.onCompleted();
    }
  }
}
