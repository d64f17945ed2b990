package dev.platformkit.kit.nats;

import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.Message;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A NATS server, with queue groups as groups: at most once. It may come after us, and go and come
 * back: whoever subscribed is subscribed again, while publishing fails until it is there.
 */
public final class NatsBroker implements Broker {
  private static final Logger log = LoggerFactory.getLogger(NatsBroker.class);
  private static final Duration LONGEST_HANDLING = Duration.ofSeconds(2);

  private final NatsLink link;
  private final List<Member> members = new CopyOnWriteArrayList<>();

  private NatsBroker(URI server, String client) {
    link = new NatsLink(server, client, this::connected);
  }

  /** Connects in the background. */
  public static NatsBroker connect(URI server, String client) {
    NatsBroker broker = new NatsBroker(server, client);
    broker.link.connect();
    return broker;
  }

  @Override
  public void publish(Message message) {
    try {
      link.up().publish(NatsLink.outgoing(message));
    } catch (IllegalStateException e) {
      throw link.unavailable(e);
    }
  }

  @Override
  public synchronized Subscription subscribe(String subject, String group, Handler handler) {
    Member member = new Member(subject, group, handler);
    members.add(member);
    link.connection().ifPresent(member::begin);
    return member;
  }

  @Override
  public void close() {
    link.stop();
    members.forEach(Member::close);
    link.close();
  }

  private synchronized void connected(Connection to) {
    members.forEach(member -> member.begin(to));
  }

  private final class Member implements Subscription {
    private final String subject;
    private final String group;
    private final Handler handler;
    private volatile boolean established;
    private Optional<Dispatcher> dispatcher = Optional.empty();

    Member(String subject, String group, Handler handler) {
      this.subject = subject;
      this.group = group;
      this.handler = handler;
    }

    synchronized void begin(Connection to) {
      if (dispatcher.isPresent()) {
        return;
      }
      Dispatcher begun = to.createDispatcher(received -> handle(NatsLink.incoming(received)));
      begun.subscribe(subject, group);
      dispatcher = Optional.of(begun);
      try {
        // The answer to this comes after the subscription has been read.
        to.flush(NatsLink.ANSWER);
      } catch (TimeoutException e) {
        log.warn("nats is slow to take the subscription to {}: {}", subject, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      established = true;
    }

    private void handle(Message message) {
      try {
        handler.handle(message);
      } catch (RuntimeException e) {
        log.error("a message on {} was not handled", subject, e);
      }
    }

    @Override
    public boolean established() {
      return established;
    }

    @Override
    public synchronized void close() {
      established = false;
      members.remove(this);
      try {
        if (dispatcher.isPresent() && dispatcher.get().isActive()) {
          dispatcher.get().drain(LONGEST_HANDLING).get();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | IllegalStateException e) {
        log.warn("messages on {} that had arrived may not be handled", subject, e);
      }
      dispatcher = Optional.empty();
    }
  }
}
