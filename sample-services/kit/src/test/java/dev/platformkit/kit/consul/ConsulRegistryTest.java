package dev.platformkit.kit.consul;

import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.registry.RegistryContract;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

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
}
