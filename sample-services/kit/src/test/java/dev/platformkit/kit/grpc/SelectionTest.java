package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.Channel;
import io.grpc.NameResolverRegistry;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers get of a selection over real connections, whichever it is. */
class SelectionTest {
  private static final int CALLS = 60;

  private final FakeRegistry registry = new FakeRegistry();
  private final Telemetry telemetry =
      Telemetry.start("caller", "host-1", Optional.empty(), new CollectorRegistry());
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    telemetry.close();
  }

  @ParameterizedTest
  @EnumSource(Selection.class)
  void everyInstanceIsAskedAlsoOneThatJoins(Selection selection) throws IOException {
    Endpoint one = serve("echo", "one");
    Endpoint two = serve("echo", "two");
    registry.knows(one, two);
    Channel echo = echo(selection);
    await().until(() -> answers(echo).equals(Set.of("one", "two")));

    registry.knows(one, two, serve("echo", "three"));

    await().until(() -> answers(echo).equals(Set.of("one", "two", "three")));
  }

  @ParameterizedTest
  @EnumSource(Selection.class)
  void anInstanceThatIsNotHealthyAsThisServiceIsNeverAsked(Selection selection) throws IOException {
    registry.knows(serve("echo", "healthy"), serve("pay", "not what was asked for"));

    Channel echo = echo(selection);

    assertThat(answers(echo)).containsExactly("healthy");
    assertThat(answers(echo)).containsExactly("healthy");
  }

  @ParameterizedTest
  @EnumSource(Selection.class)
  void anInstanceThatLeavesCostsNoCall(Selection selection) throws Exception {
    Endpoint one = serve("echo", "one");
    registry.knows(one, serve("echo", "two"));
    Channel echo = echo(selection);
    await().until(() -> answers(echo).equals(Set.of("one", "two")));

    registry.knows(one);
    open.get(1).close();

    assertThat(answers(echo)).containsExactly("one");
  }

  @ParameterizedTest
  @EnumSource(Selection.class)
  void anInstanceThatLosesItsConnectionsIsConnectedToAgain(Selection selection) throws Exception {
    Endpoint one = serve("echo", "one");
    registry.knows(one);
    Channel echo = echo(selection);
    Echo.say(echo, "before");

    open.get(0).close();
    await().untilAsserted(() -> assertThatThrownBy(() -> Echo.say(echo, "")).isNotNull());
    // Where it was and without any word from the registry.
    serve("echo", "again", one.port());

    await().ignoreExceptions().until(() -> Echo.say(echo, "").equals("again"));
  }

  private Channel echo(Selection selection) {
    String scheme = "test-" + UUID.randomUUID();
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(scheme, registry));
    Channels channels = new Channels(scheme, selection, telemetry, service -> List.of());
    open.add(channels);
    return channels.to("echo");
  }

  private static Set<String> answers(Channel echo) {
    return IntStream.range(0, CALLS).mapToObj(i -> Echo.say(echo, "")).collect(Collectors.toSet());
  }

  private Endpoint serve(String service, String answer) throws IOException {
    return serve(service, answer, 0);
  }

  private Endpoint serve(String service, String answer, int port) throws IOException {
    Telemetry own = Telemetry.start(service, "host-2", Optional.empty(), new CollectorRegistry());
    GrpcServer server =
        GrpcServer.start(port, own, service + "-1", List.of(new Echo(text -> answer)), List.of());
    open.add(() -> server.stop(Duration.ZERO));
    return new Endpoint("127.0.0.1", server.port());
  }
}
