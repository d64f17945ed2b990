package dev.platformkit.kit.nats;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.BrokerContract;
import dev.platformkit.kit.broker.Message;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against a real server with JetStream: nothing else keeps messages as it does. */
@EnabledIfEnvironmentVariable(
    named = "NATS_URL",
    matches = ".+",
    disabledReason = "NATS_URL does not say where a server with JetStream is; it-tests have one")
public class JetStreamBrokerTest extends BrokerContract {
  @Override
  protected Broker open() {
    return JetStreamBroker.connect(
        URI.create(System.getenv("NATS_URL")), "test", (subject, group, pending) -> {});
  }

  @Test
  void aGroupThatWasAwayGetsWhatItMissed() {
    String subject = "test." + UUID.randomUUID();
    List<Message> heard = new CopyOnWriteArrayList<>();
    try (Broker broker = open()) {
      publish(broker, subject);
      try (Broker.Subscription late = broker.subscribe(subject, "order", heard::add)) {
        await().until(() -> heard.size() == 1);
        assertThat(late.established()).isTrue();
      }
      publish(broker, subject);
      try (Broker.Subscription back = broker.subscribe(subject, "order", heard::add)) {
        await().until(() -> heard.size() == 2);
        assertThat(back.established()).isTrue();
      }
    }
  }

  @Test
  void aMessageWhoseHandlerThrowsComesAgainUntilItIsHandled() {
    String subject = "test." + UUID.randomUUID();
    AtomicInteger tries = new AtomicInteger();
    try (Broker broker = open();
        Broker.Subscription subscription =
            broker.subscribe(
                subject,
                "order",
                message -> {
                  if (tries.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                })) {
      publish(broker, subject);

      await().until(() -> tries.get() == 3);
      assertThat(subscription.established()).isTrue();
    }
  }

  @Test
  void aMessageThatIsPublishedTwiceUnderOneIdArrivesOnce() {
    String subject = "test." + UUID.randomUUID();
    List<Message> heard = new CopyOnWriteArrayList<>();
    Message once =
        new Message(subject, Map.of(Message.ID, UUID.randomUUID().toString()), new byte[] {1});
    Message after = new Message(subject, Map.of(), new byte[] {2});
    try (Broker broker = open();
        Broker.Subscription subscription = broker.subscribe(subject, "order", heard::add)) {
      await().until(subscription::established);
      broker.publish(once);
      broker.publish(once);
      broker.publish(after);

      await().until(() -> !heard.isEmpty() && heard.get(heard.size() - 1).body()[0] == 2);
      assertThat(heard).hasSize(2);
    }
  }

  private static void publish(Broker broker, String subject) {
    Message message = new Message(subject, Map.of(), new byte[0]);
    await()
        .ignoreExceptions()
        .until(
            () -> {
              broker.publish(message);
              return true;
            });
  }
}
