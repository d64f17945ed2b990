package dev.platformkit.kit.nats;

import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.Message;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A NATS server that keeps messages in streams (JetStream): at least once. Publishing returns when
 * the message is stored; a group that was away gets what it missed; a message whose handler throws
 * comes again, until it is handled or a week old. Who handles has to bear that it comes twice.
 *
 * <p>The stream of a subject is named after its first word ({@code orders} has {@code orders.>}),
 * and made where it is missing.
 */
public final class JetStreamBroker implements Broker {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final long MOST_BYTES = 64L << 20;
  private static final Duration SAME_MESSAGE_WITHIN = Duration.ofMinutes(2);
  private static final int NO_SUCH_STREAM = 404;

  private final NatsLink link;
  private final Backlog backlog;
  private final List<JetStreamMember> members = new CopyOnWriteArrayList<>();

  private JetStreamBroker(URI server, String client, Backlog backlog) {
    this.backlog = backlog;
    link = new NatsLink(server, client, connection -> {});
  }

  /** Told how many messages a group has still to get, whenever that is known anew. */
  public interface Backlog {
    void pending(String subject, String group, long messages);
  }

  /** Connects in the background. */
  public static JetStreamBroker connect(URI server, String client, Backlog backlog) {
    JetStreamBroker broker = new JetStreamBroker(server, client, backlog);
    broker.link.connect();
    return broker;
  }

  @Override
  public void publish(Message message) {
    Connection up = link.up();
    try {
      try {
        up.jetStream().publish(NatsLink.outgoing(message));
      } catch (IOException | JetStreamApiException e) {
        // Nobody answered for this subject, most likely because its stream is not there yet.
        stream(up, message.subject());
        up.jetStream().publish(NatsLink.outgoing(message));
      }
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw link.unavailable(e);
    }
  }

  @Override
  public Subscription subscribe(String subject, String group, Handler handler) {
    JetStreamMember member = new JetStreamMember(link, subject, group, handler, backlog);
    members.add(member);
    member.start();
    return member;
  }

  @Override
  public void close() {
    link.stop();
    members.forEach(JetStreamMember::close);
    link.close();
  }

  /** The name of the stream of a subject, which is there. */
  static String stream(Connection connection, String subject)
      throws IOException, JetStreamApiException {
    String name = subject.split("\\.", 2)[0];
    JetStreamManagement management = connection.jetStreamManagement();
    try {
      management.getStreamInfo(name);
    } catch (JetStreamApiException e) {
      if (e.getErrorCode() != NO_SUCH_STREAM) {
        throw e;
      }
      management.addStream(
          StreamConfiguration.builder()
              .name(name)
              .subjects(name + ".>")
              .storageType(StorageType.File)
              .retentionPolicy(RetentionPolicy.Limits)
              .maxAge(KEPT)
              .maxBytes(MOST_BYTES)
              .duplicateWindow(SAME_MESSAGE_WITHIN)
              .build());
    }
    return name;
  }
}
