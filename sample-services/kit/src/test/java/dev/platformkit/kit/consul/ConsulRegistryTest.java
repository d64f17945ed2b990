package dev.platformkit.kit.consul;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.registry.RegistryContract;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsulRegistryTest extends RegistryContract {
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

  @Override
  protected Registry knows(Endpoint... instances) {
    agent.healthy =
        Stream.of(instances)
            .map(
                each ->
                    """
                    {"Node":{"Node":"consul","Address":"127.0.0.1"},"Checks":[],
                     "Service":{"ID":"p","Service":"product","Address":"%s","Port":%d}}"""
                        .formatted(each.host(), each.port()))
            .collect(Collectors.joining(",", "[", "]"));
    return consul.registry();
  }

  @Override
  protected void doesNotAnswer() {
    agent.broken = true;
  }

  @Test
  void aServiceThatComesOrGoesIsHeardOf() {
    List<Set<String>> heard = new CopyOnWriteArrayList<>();
    try (Registry.Watch watch = knows().watchNames(heard::add)) {
      assertThat(watch).isNotNull();
      await().until(() -> heard.contains(Set.of("product")));

      agent.names = "{\"product\":[\"a\",\"grpc\"],\"cart\":[\"grpc\"],\"consul\":[]}";
      await().until(() -> heard.contains(Set.of("cart", "product")));

      agent.names = "{\"consul\":[]}";
      await().until(() -> heard.contains(Set.of()));
    }
  }
}
