package dev.platformkit.kit.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.kit.config.ConfigContract;
import dev.platformkit.kit.config.LiveConfig;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ConsulConfigTest extends ConfigContract {
  private FakeAgent agent;
  private volatile int askedBefore;

  @BeforeEach
  void start() throws IOException {
    agent = new FakeAgent();
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  @Override
  protected void write(Map<String, String> values) {
    agent.keys =
        values.entrySet().stream()
            .map(
                each ->
                    "{\"Key\":\"config/cart/%s\",\"Value\":\"%s\"}"
                        .formatted(
                            each.getKey(),
                            Base64.getEncoder().encodeToString(each.getValue().getBytes(UTF_8))))
            .collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  protected void loseSource() {
    agent.broken = true;
    askedBefore = agent.asked.size();
  }

  @Override
  protected boolean lossNoticed() {
    // The second question after the loss comes after the first was refused.
    return agent.asked.size() >= askedBefore + 3;
  }

  @Override
  protected LiveConfig open() {
    return new Consul(agent.uri()).config("cart");
  }
}
