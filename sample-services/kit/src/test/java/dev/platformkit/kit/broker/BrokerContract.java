package dev.platformkit.kit.broker;

import static dev.platformkit.kit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.broker.Broker.Subscription;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every broker keeps to, whichever is chosen. */
public abstract class BrokerContract {
  private static final int MANY = 200;

  private final String subject = "test." + UUID.randomUUID();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final List<Message> alsoHeard = new CopyOnWriteArrayList<>();

  /** One service's way to the broker; all of one test lead to the same. */
  protected abstract Broker open();

  @Test
  void aMessageArrivesAsItWasSent() {
    try (Broker sender = open();
        Broker receiver = open();
        Subscription subscription = subscribed(receiver, "order", heard::add)) {
      assertThat(subscription.established()).isTrue();

      Message sent = new Message(subject, Map.of("Colour", "red"), new byte[] {0, 13, 10, -1});
      // Its connection may take a moment.
      await()
          .ignoreExceptions()
          .until(
              () -> {
                sender.publish(sent);
                return true;
              });

      await().until(() -> heard.size() == 1);
      assertThat(heard.get(0).subject()).isEqualTo(subject);
      assertThat(heard.get(0).headers()).containsEntry("Colour", "red");
      assertThat(heard.get(0).body()).containsExactly(0, 13, 10, -1);
    }
  }

  @Test
  void messagesArriveInTheOrderOfTheirPublication() {
    try (Broker broker = open();
        Subscription subscription = subscribed(broker, "order", heard::add)) {
      assertThat(subscription).isNotNull();

      publishMany(broker);

      await().until(() -> heard.size() == MANY);
      assertThat(heard.stream().map(BrokerContract::text)).containsExactlyElementsOf(numbers());
    }
  }

  @Test
  void everyGroupHearsEachMessageAndOfAGroupOneMemberDoes() {
    List<Message> otherGroup = new CopyOnWriteArrayList<>();
    try (Broker broker = open();
        Subscription one = subscribed(broker, "order", heard::add);
        Subscription two = subscribed(broker, "order", alsoHeard::add);
        Subscription other = subscribed(broker, "mail", otherGroup::add)) {
      assertThat(List.of(one, two, other)).doesNotHaveDuplicates();

      publishMany(broker);

      await().until(() -> otherGroup.size() == MANY && heard.size() + alsoHeard.size() >= MANY);
      assertThat(heard).isNotEmpty();
      assertThat(alsoHeard).isNotEmpty();
      assertThat(Stream.concat(heard.stream(), alsoHeard.stream()))
          .extracting(BrokerContract::text)
          .containsExactlyInAnyOrderElementsOf(numbers());
    }
  }

  @Test
  void otherSubjectsAreNotHeard() {
    try (Broker broker = open();
        Subscription subscription = subscribed(broker, "order", heard::add)) {
      assertThat(subscription).isNotNull();

      broker.publish(new Message(subject + ".other", Map.of(), new byte[0]));
      broker.publish(message("this"));

      await().until(() -> !heard.isEmpty());
      assertThat(heard).extracting(BrokerContract::text).containsExactly("this");
    }
  }

  @Test
  void aHandlerThatThrowsGetsTheNextMessageAllTheSame() {
    try (Broker broker = open();
        Subscription subscription =
            subscribed(
                broker,
                "order",
                message -> {
                  if (text(message).equals("bad")) {
                    throw new IllegalStateException("not foreseen");
                  }
                  heard.add(message);
                })) {
      assertThat(subscription).isNotNull();

      broker.publish(message("bad"));
      broker.publish(message("good"));

      await().until(() -> heard.size() == 1);
    }
  }

  @Test
  void whoLeavesHandlesWhatHasArrivedAndHearsNoMore() {
    try (Broker broker = open();
        Subscription stays = subscribed(broker, "mail", alsoHeard::add)) {
      assertThat(stays).isNotNull();
      Subscription leaves = subscribed(broker, "order", heard::add);
      publishMany(broker);
      await().until(() -> !heard.isEmpty());

      leaves.close();

      assertThat(leaves.established()).isFalse();
      int handled = heard.size();
      broker.publish(message("after"));
      await().until(() -> alsoHeard.size() == MANY + 1);
      assertThat(heard).hasSize(handled);
      assertThat(heard.stream().map(BrokerContract::text))
          .containsExactlyElementsOf(numbers().subList(0, handled));
    }
  }

  private Subscription subscribed(Broker broker, String group, Broker.Handler handler) {
    Subscription subscription = broker.subscribe(subject, group, handler);
    await().until(subscription::established);
    return subscription;
  }

  private void publishMany(Broker broker) {
    numbers().forEach(number -> broker.publish(message(number)));
  }

  private Message message(String text) {
    return new Message(subject, Map.of(), text.getBytes(UTF_8));
  }

  private static String text(Message message) {
    return new String(message.body(), UTF_8);
  }

  private static List<String> numbers() {
    return IntStream.range(0, MANY).mapToObj(Integer::toString).toList();
  }
}
