package dev.platformkit.it.shop;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import java.io.IOException;

/** What is under way between the services, looked at and put there past them. */
final class Events implements AutoCloseable {
  static final String CHECKED_OUT = "orders.checked-out";

  private static final String STREAM = "orders";
  private static final String GROUP = "order-orders_checked-out";

  private final Connection connection;

  Events(int port) {
    try {
      connection = Nats.connect("nats://127.0.0.1:" + port);
    } catch (IOException e) {
      throw new AssertionError("NATS does not let in", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The latest check-out that NATS keeps. */
  MessageInfo last() {
    return asked(management -> management.getLastMessage(STREAM, CHECKED_OUT));
  }

  /** What NATS knows of what the order service has handled. */
  ConsumerInfo group() {
    return asked(management -> management.getConsumerInfo(STREAM, GROUP));
  }

  /** Publishes a check-out, as new to NATS however often it was there. */
  void publish(byte[] body) {
    try {
      connection.jetStream().publish(CHECKED_OUT, body);
    } catch (IOException | JetStreamApiException e) {
      throw new AssertionError("NATS does not take a message", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Question<T> {
    T ask(JetStreamManagement management) throws IOException, JetStreamApiException;
  }

  private <T> T asked(Question<T> question) {
    try {
      return question.ask(connection.jetStreamManagement());
    } catch (IOException | JetStreamApiException e) {
      throw new AssertionError("NATS does not answer", e);
    }
  }
}
