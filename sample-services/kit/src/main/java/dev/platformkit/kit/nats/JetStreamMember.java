package dev.platformkit.kit.nats;

import dev.platformkit.kit.Stopping;
import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.broker.Broker.Handler;
import dev.platformkit.kit.broker.Broker.Subscription;
import dev.platformkit.kit.nats.JetStreamBroker.Backlog;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a group, which fetches message by message from the durable consumer that the group
 * is on the server. What goes wrong is begun again from the stream on: also a server that has
 * forgotten everything gets its stream and its consumer back.
 */
final class JetStreamMember implements Subscription {
  private static final Logger log = LoggerFactory.getLogger(JetStreamMember.class);
  private static final Duration FETCH = Duration.ofSeconds(1);
  private static final Duration LONGEST_HANDLING = Duration.ofSeconds(10);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration AGAIN_AT_THE_LATEST = Duration.ofMinutes(1);

  private final NatsLink link;
  private final String subject;
  private final String group;
  private final Handler handler;
  private final Backlog backlog;
  private final Stopping leaving = new Stopping();
  private final Thread thread;
  private volatile boolean established;

  JetStreamMember(NatsLink link, String subject, String group, Handler handler, Backlog backlog) {
    this.link = link;
    this.subject = subject;
    this.group = group;
    this.handler = handler;
    this.backlog = backlog;
    thread = new Thread(this::run, "messages-" + subject);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public boolean established() {
    return established;
  }

  @Override
  public void close() {
    established = false;
    leaving.now();
    try {
      thread.join(FETCH.plus(LONGEST_HANDLING).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    String last = "";
    while (!leaving.told()) {
      try {
        ConsumerContext consumer = consumer(link.up());
        established = true;
        last = "";
        while (!leaving.told()) {
          fetch(consumer);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException
          | JetStreamApiException
          | JetStreamStatusCheckedException
          | IllegalStateException
          | Unavailable e) {
        if (!e.toString().equals(last)) {
          log.warn("messages on {} cannot be fetched, trying on: {}", subject, e.toString());
          last = e.toString();
        }
        leaving.within(NatsLink.RETRY);
      }
    }
  }

  private ConsumerContext consumer(Connection connection)
      throws IOException, JetStreamApiException {
    return connection
        .getStreamContext(JetStreamBroker.stream(connection, subject))
        .createOrUpdateConsumer(
            ConsumerConfiguration.builder()
                // Names of consumers have no dots.
                .durable(group + "-" + subject.replace('.', '_'))
                .filterSubject(subject)
                .deliverPolicy(DeliverPolicy.All)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(LONGEST_HANDLING)
                .build());
  }

  private void fetch(ConsumerContext consumer)
      throws IOException,
          InterruptedException,
          JetStreamApiException,
          JetStreamStatusCheckedException {
    Message message = consumer.next(FETCH);
    if (message == null) {
      backlog.pending(subject, group, 0);
      // Nothing to fetch looks the same as nobody to fetch it from.
      link.up();
      return;
    }
    backlog.pending(subject, group, message.metaData().pendingCount());
    try {
      handler.handle(NatsLink.incoming(message));
      message.ack();
    } catch (RuntimeException e) {
      Duration pause = pause(message.metaData().deliveredCount());
      log.error("a message on {} was not handled, it comes again in {}", subject, pause, e);
      message.nakWithDelay(pause);
    }
  }

  private static Duration pause(long tries) {
    Duration pause = AGAIN_AFTER.multipliedBy(1L << Math.min(tries - 1, 10));
    return pause.compareTo(AGAIN_AT_THE_LATEST) < 0 ? pause : AGAIN_AT_THE_LATEST;
  }
}
