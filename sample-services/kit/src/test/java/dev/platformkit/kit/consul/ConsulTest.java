package dev.platformkit.kit.consul;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.platformkit.kit.config.LiveConfig;
import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.registry.Registry.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we ask of Consul and make of its answers; against the real one it runs in it-tests. */
class ConsulTest {
  private static final Instance PRODUCT =
      new Instance(
          "product-1", "product", "10.0.0.1", 50051, URI.create("grpc://10.0.0.1:50051/product-1"));

  private FakeAgent agent;
  private Consul consul;

  @BeforeEach
  void start() throws IOException {
    agent = new FakeAgent();
    consul = new Consul(agent.uri());
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  @Test
  void anInstanceIsEnteredWithItsHealthCheck() {
    try (Registry.Registration registration = consul.registry().register(PRODUCT)) {
      await().until(() -> registration.acknowledged().isPresent());
    }
    JsonObject entry = JsonParser.parseString(agent.lastEntry).getAsJsonObject();
    assertThat(entry.get("ID").getAsString()).isEqualTo("product-1");
    assertThat(entry.get("Name").getAsString()).isEqualTo("product");
    assertThat(entry.get("Address").getAsString()).isEqualTo("10.0.0.1");
    JsonObject check = entry.getAsJsonObject("Check");
    assertThat(check.get("GRPC").getAsString()).isEqualTo("10.0.0.1:50051/product-1");
    assertThat(check.get("DeregisterCriticalServiceAfter").getAsString()).isEqualTo("1m");
  }

  @Test
  void anInstanceThatIsForgottenIsEnteredAgain() {
    try (Registry.Registration registration = consul.registry().register(PRODUCT)) {
      await().until(() -> registration.acknowledged().isPresent());

      agent.registered.clear();

      await().until(() -> !agent.registered.isEmpty());
    }
  }

  @Test
  void anInstanceIsNotAcknowledgedBeforeConsulAnswers() {
    agent.broken = true;
    try (Registry.Registration registration = consul.registry().register(PRODUCT)) {
      await().until(() -> !agent.asked.isEmpty());
      assertThat(registration.acknowledged()).isEmpty();

      agent.broken = false;

      await().until(() -> registration.acknowledged().isPresent());
    }
  }

  @Test
  void anInstanceThatLeavesIsTakenOut() {
    Registry.Registration registration = consul.registry().register(PRODUCT);
    await().until(() -> registration.acknowledged().isPresent());

    registration.close();

    assertThat(agent.registered).isEmpty();
    assertThat(registration.acknowledged()).isEmpty();
  }

  @Test
  void whoeverOfTheSameServiceDidNotGetToLeaveIsTakenOut() {
    agent.registered.put("product-0", "killed before it could say goodbye");
    try (Registry.Registration registration = consul.registry().register(PRODUCT)) {
      await().until(() -> !agent.registered.containsKey("product-0"));

      assertThat(registration.acknowledged()).isPresent();
      assertThat(agent.registered).containsKey("product-1");
    }
  }

  @Test
  void onlyHealthyInstancesAreAskedForAndChangesAreTold() {
    List<List<Endpoint>> heard = new CopyOnWriteArrayList<>();
    agent.healthy = healthy("10.0.0.1");
    try (Registry.Watch watch = consul.registry().watch("product", listener(heard))) {
      assertThat(watch).isNotNull();
      await().until(() -> !heard.isEmpty());

      agent.healthy = healthy("10.0.0.2");

      await().until(() -> heard.size() == 2);
    }
    assertThat(heard)
        .containsExactly(
            List.of(new Endpoint("10.0.0.1", 50051)), List.of(new Endpoint("10.0.0.2", 50051)));
    assertThat(agent.asked.get(0)).contains("/v1/health/service/product").contains("passing=true");
  }

  @Test
  void theNextQuestionWaitsForSomethingNewer() {
    try (Registry.Watch watch =
        consul.registry().watch("product", listener(new CopyOnWriteArrayList<>()))) {
      assertThat(watch).isNotNull();

      await().until(() -> agent.asked.stream().anyMatch(url -> url.contains("index=7")));
    }
  }

  @Test
  void whoeverComesBackWithoutItsDataIsAskedFromTheBeginning() {
    try (Registry.Watch watch =
        consul.registry().watch("product", listener(new CopyOnWriteArrayList<>()))) {
      assertThat(watch).isNotNull();
      await().until(() -> agent.asked.stream().anyMatch(url -> url.contains("index=7")));

      agent.broken = true;

      await().until(() -> agent.asked.get(agent.asked.size() - 1).matches(".*[?&]index=0(&.*)?"));
    }
  }

  @Test
  void configurationIsFollowedLive() {
    agent.keys =
        "[{\"Key\":\"config/cart/page-size\",\"Value\":\"MTA=\"},{\"Key\":\"config/cart/\"}]";
    LiveConfig config = consul.config("cart");
    await().until(() -> "10".equals(config.current().get("page-size")));
    assertThat(config.current()).hasSize(1);

    agent.keys = "[{\"Key\":\"config/cart/page-size\",\"Value\":\"MjA=\"}]";

    await().until(() -> "20".equals(config.current().get("page-size")));
  }

  private static Registry.Listener listener(List<List<Endpoint>> heard) {
    return new Registry.Listener() {
      @Override
      public void healthy(List<Endpoint> endpoints) {
        heard.add(endpoints);
      }

      @Override
      public void unknown(Exception cause) {
        assertThat(cause).isNotNull();
      }
    };
  }

  private static String healthy(String address) {
    return """
        [{"Node":{"Node":"consul","Address":"127.0.0.1"},
          "Service":{"ID":"p","Service":"product","Address":"%s","Port":50051},"Checks":[]}]
        """
        .formatted(address);
  }
}
