package dev.platformkit.kit.auth;

import static dev.platformkit.kit.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.contract.Validation;
import dev.platformkit.kit.grpc.Channels;
import dev.platformkit.kit.grpc.GrpcServer;
import dev.platformkit.kit.grpc.RegistryNameResolver;
import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import dev.platformkit.shop.user.v1.GetProfileRequest;
import dev.platformkit.shop.user.v1.Key;
import dev.platformkit.shop.user.v1.ListUsersRequest;
import dev.platformkit.shop.user.v1.ListUsersResponse;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.User;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import dev.platformkit.shop.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.NameResolverRegistry;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What stands between a caller and a service, over a real connection. */
class DoorTest {
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final byte[] OTHER_KEY = "fedcba9876543210fedcba9876543210".getBytes(UTF_8);

  private final String scheme = "door-" + UUID.randomUUID();
  private final Issuer issuer = new Issuer();
  private final Telemetry telemetry =
      Telemetry.start("user", "host-1", Optional.empty(), new CollectorRegistry());
  private final String customer = issuer.token("customer", Instant.now().plusSeconds(60));
  private final String admin = issuer.token("admin", Instant.now().plusSeconds(60));
  private final String expired = issuer.token("admin", Instant.now().minusSeconds(60));
  private volatile boolean keysAway;
  private GrpcServer server;
  private Channels channels;

  @BeforeEach
  void start() throws IOException {
    server =
        GrpcServer.start(
            0,
            telemetry,
            "user-1",
            List.of(new WhoAsks()),
            List.of(
                new Door(
                    new ServiceKey("user", KEY, Clock.systemUTC()),
                    new AccessTokens(this::find, Clock.systemUTC())),
                new Validation()));
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(scheme, new Here(server.port())));
  }

  @AfterEach
  void stop() {
    if (channels != null) {
      channels.close();
    }
    server.stop(Duration.ZERO);
    telemetry.close();
  }

  @Test
  void whoIsSignedInIsKnownToTheService() throws Exception {
    User told = as(customer, () -> user().getProfile(GetProfileRequest.getDefaultInstance()));

    assertThat(told.getId()).isEqualTo("u-1");
    assertThat(told.getName()).isEqualTo("ada");
    assertThat(told.getDisplayName()).isEqualTo("called by gateway");
  }

  @Test
  void whoDoesNotShowThatItIsAServiceIsNotServed() {
    connect(target -> List.of());
    assertThat(reason(() -> register("ada", "long enough"))).isEqualTo("NOT_A_SERVICE");
  }

  @Test
  void aCredentialOfAnotherShopIsNone() {
    connect(towards(OTHER_KEY, "user"));

    assertThat(reason(() -> register("ada", "long enough"))).isEqualTo("NOT_A_SERVICE");
  }

  @Test
  void aCredentialThatIsMeantForAnotherServiceIsNone() {
    connect(towards(KEY, "cart"));

    assertThat(reason(() -> register("ada", "long enough"))).isEqualTo("NOT_A_SERVICE");
  }

  @Test
  void whatNeedsASignedInUserIsRefusedWithoutOne() {
    Callable<?> profile = () -> user().getProfile(GetProfileRequest.getDefaultInstance());

    assertThat(reason(profile)).isEqualTo("NOT_SIGNED_IN");
    assertThat(reason(() -> as(expired, profile))).isEqualTo("TOKEN_EXPIRED");
    assertThat(reason(() -> as("made.up.token", profile))).isEqualTo("TOKEN_INVALID");
  }

  @Test
  void whatNeedsAnAdminIsRefusedToACustomer() throws Exception {
    Callable<ListUsersResponse> list =
        () -> user().listUsers(ListUsersRequest.getDefaultInstance());

    assertThat(reason(() -> as(customer, list))).isEqualTo("WRONG_ROLE");
    assertThat(as(admin, list)).isEqualTo(ListUsersResponse.getDefaultInstance());
  }

  @Test
  void whereAnyoneMayCallATokenThatIsNoGoodDoesNoHarm() throws Exception {
    assertThat(as(expired, () -> register("ada", "long enough")).getId()).isEqualTo("nobody");
    assertThat(as(customer, () -> register("ada", "long enough")).getId()).isEqualTo("u-1");
  }

  @Test
  void aRequestThatBreaksItsContractNeverReachesTheService() {
    for (String password : List.of("", "short")) {
      StatusRuntimeException refused = refused(() -> register("ada", password));
      assertThat(refused)
          .hasMessageStartingWith("INVALID_ARGUMENT: password must have at least 8 characters");
      assertThat(Refusal.reason(refused)).hasValue("INVALID");
    }
    assertThat(refused(() -> register("a b", "long enough")))
        .hasMessageStartingWith("INVALID_ARGUMENT: name");
  }

  @Test
  void aRefusalArrivesWithItsDetails() {
    StatusRuntimeException refused = refused(() -> register("locked", "long enough"));

    assertThat(Refusal.reason(refused)).hasValue("LOCKED_OUT");
    assertThat(StatusProto.fromThrowable(refused).getDetailsList())
        .extracting(detail -> detail.getTypeUrl().replaceAll(".*/", ""))
        .containsExactly("google.rpc.ErrorInfo", "google.rpc.RetryInfo");
  }

  @Test
  void aServiceWhoseContractDoesNotSayWhoMayCallDoesNotStart() {
    assertThatCode(() -> Door.expect(new WhoAsks().bindService())).doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                Door.expect(
                    ServerServiceDefinition.builder("test.Silent")
                        .addMethod(
                            UserServiceGrpc.getRegisterMethod().toBuilder()
                                .setFullMethodName("test.Silent/Say")
                                .setSchemaDescriptor(null)
                                .build(),
                            (call, headers) -> null)
                        .build()))
        .hasMessage(
            "the contract does not say who may call test.Silent/Say: it needs the option access");
  }

  @Test
  void aTokenIsNotCalledNoGoodWhileItsKeyCannotBeHad() throws Exception {
    keysAway = true;

    assertThat(
            refused(
                () ->
                    as(customer, () -> user().getProfile(GetProfileRequest.getDefaultInstance()))))
        .hasMessage("UNAVAILABLE: the keys are away");
    assertThat(as(customer, () -> register("ada", "long enough")).getId()).isEqualTo("nobody");
  }

  @Test
  void theLineOfARefusedCallSaysWhyInAWordAndHoldsNoToken() throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger("dev.platformkit.kit.grpc.ServerCallObserver");
    log.setLevel(Level.INFO);
    lines.start();
    log.addAppender(lines);
    try {
      assertThat(
              reason(
                  () ->
                      as(expired, () -> user().getProfile(GetProfileRequest.getDefaultInstance()))))
          .isEqualTo("TOKEN_EXPIRED");
    } finally {
      log.detachAppender(lines);
      log.setLevel(null);
    }

    assertThat(List.copyOf(lines.list))
        .extracting(ILoggingEvent::getFormattedMessage)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "shop.user.v1.UserService/GetProfile UNAUTHENTICATED in \\d+ ms:"
                            + " TOKEN_EXPIRED: the access token has expired"))
        .noneSatisfy(line -> assertThat(line).contains(expired));
  }

  private Optional<Key> find(String id) {
    if (keysAway) {
      throw new Unavailable("the keys are away", null);
    }
    return issuer.find(id);
  }

  private User register(String name, String password) {
    return user()
        .register(RegisterRequest.newBuilder().setName(name).setPassword(password).build());
  }

  private UserServiceBlockingStub user() {
    if (channels == null) {
      connect(towards(KEY, "user"));
    }
    return UserServiceGrpc.newBlockingStub(channels.to("user"))
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static Function<String, List<ClientInterceptor>> towards(byte[] key, String audience) {
    ServiceKey gateway = new ServiceKey("gateway", key, Clock.systemUTC());
    return target -> List.of(new Credentials(gateway).towards(audience));
  }

  private void connect(Function<String, List<ClientInterceptor>> credentials) {
    channels = new Channels(scheme, Selection.RANDOM, telemetry, credentials);
  }

  private static <T> T as(String token, Callable<T> call) throws Exception {
    return Context.current().withValue(Caller.TOKEN, token).call(call);
  }

  private static StatusRuntimeException refused(Callable<?> call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::call);
  }

  private static String reason(Callable<?> call) {
    return Refusal.reason(refused(call)).orElseThrow();
  }

  /** Answers with who calls. */
  private static final class WhoAsks extends UserServiceGrpc.UserServiceImplBase {
    @Override
    public void register(RegisterRequest request, StreamObserver<User> answer) {
      if (request.getName().equals("locked")) {
        throw Refusal.because(Code.FAILED_PRECONDITION, "LOCKED_OUT", "wait a little")
            .http(423)
            .retryAfter(Duration.ofSeconds(60))
            .asException();
      }
      answer.onNext(
          User.newBuilder()
              .setId(Caller.CURRENT.get().user().map(Caller.User::id).orElse("nobody"))
              .build());
      answer.onCompleted();
    }

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<User> answer) {
      answer.onNext(
          User.newBuilder()
              .setId(Caller.signedIn().id())
              .setName(Caller.signedIn().name())
              .setDisplayName("called by " + Caller.CURRENT.get().service())
              .build());
      answer.onCompleted();
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answer) {
      answer.onNext(ListUsersResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }

  /** A registry in which everything is found here. */
  private record Here(int port) implements Registry {
    @Override
    public Registration register(Instance instance) {
      throw new UnsupportedOperationException("nobody registers here");
    }

    @Override
    public Watch watch(String service, Listener listener) {
      listener.healthy(List.of(new Endpoint("127.0.0.1", port)));
      return () -> {};
    }

    @Override
    public Watch watchNames(Consumer<Set<String>> names) {
      throw new UnsupportedOperationException("nobody asks for names here");
    }
  }
}
