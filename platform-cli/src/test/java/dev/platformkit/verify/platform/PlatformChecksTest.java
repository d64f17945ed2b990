package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.TcpDoor;
import dev.platformkit.engine.Container.State;
import dev.platformkit.stack.Readiness;
import dev.platformkit.stack.Service;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.LineFlow;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services, registry, key-value store, shipping of logs, what is left out. */
class PlatformChecksTest {
  private static final Readiness READY = new Readiness.Http(9464, "/readyz", Optional.of("yes"));

  private final FakePlatform platform = new FakePlatform();
  private TcpDoor instancesDoor = TcpDoor.OPEN;
  private TcpDoor otherDoors = TcpDoor.OPEN;

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aServiceThatRunsAndAnswersIsGood() {
    platform.server.on("GET /readyz", "yes");
    platform.container("cart", State.RUNNING, 0);

    assertThat(service(platform)).isEqualTo(Finding.pass("ready"));
  }

  @Test
  void aServiceThatRunsAndAnswersWronglyIsBad() {
    platform.server.on("GET /readyz", "no");
    platform.container("cart", State.RUNNING, 0);

    Finding finding = service(platform);

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).startsWith("demo-cart-1 runs and is not ready");
  }

  @Test
  void aServiceThatDoesNotAnswerIsBadAndNotUnknown() {
    platform.container("cart", State.RUNNING, 0);
    platform.close();

    Finding finding = service(platform);

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).startsWith("demo-cart-1 runs and does not answer");
  }

  @Test
  void aStoppedContainerIsNamedWithItsExitCode() {
    assertThat(service(State.EXITED, 137).observed()).isEqualTo("demo-cart-1 is exited (137)");
    assertThat(service(State.EXITED, 137).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aPausedContainerIsBadAtOnce() {
    Finding finding = service(State.PAUSED, 0);

    assertThat(finding.observed()).isEqualTo("demo-cart-1 is paused");
    assertThat(finding.settled()).isTrue();
  }

  @Test
  void aServiceWithoutContainerIsBad() {
    Service cart = platform.service("cart", READY, false);

    assertThat(new ServiceProbe(cart, platform.addresses()).look().verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void onePassingInstancePerContainerIsGood() {
    assertThat(registry("passing")).isEqualTo(Finding.pass("1 passing"));
  }

  @Test
  void anInstanceThatIsCriticalIsBad() {
    Finding finding = registry("critical");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.details().get(0)).startsWith("cart-1 at 10.0.0.1:50051 is critical");
  }

  @Test
  void aDeadInstanceBesideTheLivingOneIsBad() {
    assertThat(registry("passing", "critical").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aContainerThatIsRegisteredTwiceIsBad() {
    Finding finding = registry("passing", "passing");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.hop()).contains("registered -> passing");
    assertThat(finding.way().hops().get(1).observed())
        .isEqualTo(
            "demo-cart-1 is registered as cart-1 at 10.0.0.1:50051 and cart-2 at 10.0.0.1:50051");
  }

  @Test
  void aServiceThatIsNotRegisteredIsBad() {
    Finding finding = registry();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.hop()).contains("registered");
  }

  @Test
  void aDeadInstanceThatPassesInThePlaceOfTheRealOneIsBad() {
    Finding finding = registryOf("10.0.0.9", "passing");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.hop()).contains("registered");
  }

  @Test
  void anInstanceThatPassesWhereNobodyListensIsBad() {
    instancesDoor = TcpDoor.REFUSED;

    assertThat(registry("passing").hop()).contains("registered -> passing");
  }

  @Test
  void soIsOneThatIsRegisteredByItsName() {
    instancesDoor = TcpDoor.REFUSED;

    assertThat(registryOf("cart", "passing").hop()).contains("registered -> passing");
  }

  @Test
  void aContainersNetworkThatIsOutOfReachSaysNothing() {
    instancesDoor = TcpDoor.REFUSED;
    otherDoors = TcpDoor.REFUSED;

    assertThat(registry("passing").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aValueThatTheServiceSeesIsGoodAndIsTakenBack() {
    platform.running("consul", "cart");
    platform.server.on("PUT /v1/kv/config/cart/platform-probe", "true");
    platform.server.on("DELETE /v1/kv/config/cart/platform-probe", "true");
    platform.server.on("GET /config", "{\"platform-probe\":\"run1\"}");
    KvProbe probe = new KvProbe("cart", "run1", platform.addresses());

    assertThat(probe.look().verdict()).isEqualTo(Verdict.PASS);
    probe.close();

    assertThat(platform.server.calls()).contains("DELETE /v1/kv/config/cart/platform-probe");
  }

  @Test
  void anOlderRunsValueIsNotSeen() {
    platform.running("consul", "cart");
    platform.server.on("PUT /v1/kv/config/cart/platform-probe", "true");
    platform.server.on("GET /config", "{\"platform-probe\":\"run0\"}");

    Finding finding = new KvProbe("cart", "run1", platform.addresses()).look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).contains("holds run0, not this run's run1");
  }

  @Test
  void aServiceThatDoesNotSeeItsConfigurationIsTheBrokenHop() {
    platform.running("consul", "cart");
    platform.server.on("PUT /v1/kv/config/cart/platform-probe", "true");
    platform.server.on("GET /v1/kv/config/cart/platform-probe", "run1");
    platform.server.on("GET /config", "{}");
    KvProbe probe = new KvProbe("cart", "run1", platform.addresses());

    Finding finding = probe.explain(probe.look());

    assertThat(finding.hop()).contains("written -> loaded");
  }

  @Test
  void aServiceThatDoesNotShowItsConfigurationIsBadAndNotUnknown() {
    platform.running("consul", "cart");
    platform.server.on("PUT /v1/kv/config/cart/platform-probe", "true");

    Finding finding = new KvProbe("cart", "run1", platform.addresses()).look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).startsWith("it does not show its configuration");
  }

  @Test
  void nothingIsTakenBackThatWasNotWritten() {
    platform.running("consul").in("cart", State.EXITED, 1);
    KvProbe probe = new KvProbe("cart", "run1", platform.addresses());
    probe.close();

    assertThat(platform.server.calls()).isEmpty();
  }

  @Test
  void whatFilebeatReadAndTheStoreHoldsIsGood() {
    ShippedProbe probe = shipped(10, 10, 0, 100, 0);

    assertThat(probe.look()).isEqualTo(Finding.pass("10 read, none refused"));
  }

  @Test
  void linesThatDoNotLeaveFilebeatAreBad() {
    Finding finding = shipped(10, 4, 0, 100, 0).look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).as("they may still leave").isFalse();
    assertThat(finding.hop()).contains("collected -> accepted");
  }

  @Test
  void aLineThatIsRefusedMeanwhileIsBad() {
    ShippedProbe probe = shipped(10, 10, 0, 100, 0);
    answer(11, 10, 1, 100, 0);

    assertThat(probe.look().observed()).startsWith("Elasticsearch refused 1 lines");
  }

  @Test
  void aLineThatIsKeptApartMeanwhileIsBad() {
    ShippedProbe probe = shipped(10, 10, 0, 100, 3);
    answer(11, 11, 0, 101, 4);

    assertThat(probe.look().verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void linesThatTheStoreTookAndDoesNotShowAreBad() {
    ShippedProbe probe = shipped(10, 10, 0, 100, 0);
    answer(12, 12, 0, 101, 0);

    assertThat(probe.look().hop()).contains("accepted -> searchable");
  }

  @Test
  void aLineThatTheStoreHadBeforeFilebeatHeardOfItIsNotMissed() {
    ShippedProbe probe = shipped(10, 9, 0, 100, 0);
    answer(12, 12, 0, 102, 0);

    assertThat(probe.look()).isEqualTo(Finding.pass("12 read, none refused"));
  }

  @Test
  void linesThatOthersWriteAfterwardsAreNotWaitedFor() {
    ShippedProbe probe = shipped(10, 10, 0, 100, 0);
    answer(12, 12, 0, 101, 0);
    assertThat(probe.look().settled()).isFalse();

    answer(20, 20, 0, 102, 0);

    assertThat(probe.look().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatCouldNotBeCountedAtTheStartIsNotKnown() {
    platform.running("filebeat", "elasticsearch");
    ShippedProbe probe =
        new ShippedProbe(platform.addresses(), LineFlow.start(platform.addresses()));
    answer(10, 10, 0, 100, 0);

    assertThat(probe.look().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void whatIsLeftOutIsToldAndFailsOnlyWhereItIsRequired() {
    assertThat(new LeftOut("grafana", "dashboards", "why", Set.of()).look().verdict())
        .isEqualTo(Verdict.SKIP);
    assertThat(new LeftOut("grafana", "dashboards", "why", Set.of("data")).look().verdict())
        .isEqualTo(Verdict.SKIP);
    assertThat(new LeftOut("grafana", "dashboards", "why", Set.of("dashboards")).look().verdict())
        .isEqualTo(Verdict.FAIL);
  }

  private Finding service(State state, int exitCode) {
    try (FakePlatform own = new FakePlatform()) {
      own.container("cart", state, exitCode);
      return service(own);
    }
  }

  private static Finding service(FakePlatform of) {
    return new ServiceProbe(of.service("cart", READY, false), of.addresses()).look();
  }

  private Finding registry(String... statuses) {
    return registryOf("10.0.0.1", statuses);
  }

  private Finding registryOf(String address, String... statuses) {
    platform.running("consul", "cart");
    answerInstances(address, statuses);
    return new RegistryProbe(
            "cart",
            platform.addresses(),
            (host, port) -> port == 50051 ? instancesDoor : otherDoors)
        .look();
  }

  private void answerInstances(String address, String... statuses) {
    StringBuilder instances = new StringBuilder("[");
    for (int i = 0; i < statuses.length; i++) {
      instances.append(i == 0 ? "" : ",");
      instances.append(
          """
          {"Service":{"ID":"cart-%d","Service":"cart","Address":"%s","Port":50051},
           "Checks":[{"Status":"%s","Output":"o"}]}
          """
              .formatted(i + 1, address, statuses[i]));
    }
    platform.server.on("GET /v1/health/service/cart", instances + "]");
  }

  private ShippedProbe shipped(int published, int acked, int dropped, int stored, int rejected) {
    platform.running("filebeat", "elasticsearch");
    answer(published, acked, dropped, stored, rejected);
    return new ShippedProbe(platform.addresses(), LineFlow.start(platform.addresses()));
  }

  private void answer(int published, int acked, int dropped, int stored, int rejected) {
    platform.server.on(
        "GET /stats",
        """
        {"libbeat":{"pipeline":{"events":{"published":%d}},
         "output":{"events":{"acked":%d,"failed":0,"dropped":%d,"duplicates":0}}}}
        """
            .formatted(published, acked, dropped));
    platform.server.on("GET /filebeat-*,rejected-logs/_count", "{\"count\":" + stored + "}");
    platform.server.on("GET /rejected-logs/_count", "{\"count\":" + rejected + "}");
  }
}
