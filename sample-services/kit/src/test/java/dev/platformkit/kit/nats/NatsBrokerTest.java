package dev.platformkit.kit.nats;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.BrokerContract;
import dev.platformkit.kit.broker.Message;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against a real server where {@code NATS_URL} says where one is, else against a likeness of it.
 */
class NatsBrokerTest extends BrokerContract {
  private FakeNats fake;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeNats();
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  @Override
  protected Broker open() {
    String real = System.getenv("NATS_URL");
    return NatsBroker.connect(real == null ? fake.uri() : URI.create(real), "test");
  }

  @Test
  void whatCannotBeSentIsAnErrorAtOnce() throws IOException {
    Message message = new Message("test", Map.of(), new byte[0]);
    try (Broker broker = NatsBroker.connect(fake.uri(), "test")) {
      await()
          .ignoreExceptions()
          .until(
              () -> {
                broker.publish(message);
                return true;
              });

      fake.close();

      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> broker.publish(message))
                      .isInstanceOf(Unavailable.class)
                      .hasMessageContaining("nats does not answer"));
    }
  }
}
