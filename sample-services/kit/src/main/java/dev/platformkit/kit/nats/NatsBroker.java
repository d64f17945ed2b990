package dev.platformkit.kit.nats;

import dev.platformkit.kit.Stopping;
import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.Message;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A NATS server, with queue groups as groups. It may come after us, and go and come back: whoever
 * subscribed is subscribed again, while publishing fails until it is there.
 */
public final class NatsBroker implements Broker {
  private static final Logger log = LoggerFactory.getLogger(NatsBroker.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration LONGEST_HANDLING = Duration.ofSeconds(2);

  private final URI server;
  private final Options options;
  private final Stopping stopping = new Stopping();
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private Optional<Connection> connection = Optional.empty();

  private NatsBroker(URI server, String client) {
    this.server = server;
    options =
        Options.builder()
            .server(server.toString())
            .connectionName(client)
            .connectionTimeout(CONNECT)
            .maxReconnects(-1)
            .reconnectWait(RETRY)
            .reconnectJitter(Duration.ofMillis(100))
            // What cannot be sent is an error at once, not a promise.
            .reconnectBufferSize(0)
            .pingInterval(Duration.ofSeconds(5))
            .errorListener(new Told())
            .build();
  }

  /** Connects in the background. */
  public static NatsBroker connect(URI server, String client) {
    NatsBroker broker = new NatsBroker(server, client);
    Thread thread = new Thread(broker::connect, "nats");
    thread.setDaemon(true);
    thread.start();
    return broker;
  }

  @Override
  public void publish(Message message) {
    Connection connected =
        connection()
            .orElseThrow(() -> new Unavailable(unavailable(), new IOException("no answer")));
    Headers headers = new Headers();
    message.headers().forEach(headers::add);
    try {
      if (connected.getStatus() != Connection.Status.CONNECTED) {
        throw new IllegalStateException(connected.getStatus().toString());
      }
      connected.publish(
          NatsMessage.builder()
              .subject(message.subject())
              .headers(headers)
              .data(message.body())
              .build());
    } catch (IllegalStateException e) {
      throw new Unavailable(unavailable(), e);
    }
  }

  @Override
  public synchronized Subscription subscribe(String subject, String group, Handler handler) {
    Member member = new Member(subject, group, handler);
    members.add(member);
    connection.ifPresent(member::begin);
    return member;
  }

  @Override
  public void close() {
    stopping.now();
    members.forEach(Member::close);
    try {
      if (connection().isPresent()) {
        connection().get().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect() {
    boolean answering = true;
    while (!stopping.told()) {
      try {
        connected(Nats.connect(options));
        return;
      } catch (IOException e) {
        if (answering) {
          log.warn("nats does not answer, trying on: {}", e.getMessage());
          answering = false;
        }
        stopping.within(RETRY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized void connected(Connection to) throws InterruptedException {
    if (stopping.told()) {
      to.close();
      return;
    }
    log.info("connected to nats at {}", server);
    connection = Optional.of(to);
    members.forEach(member -> member.begin(to));
  }

  private synchronized Optional<Connection> connection() {
    return connection;
  }

  private String unavailable() {
    return "nats does not answer at " + server;
  }

  private static Message message(io.nats.client.Message received) {
    Map<String, String> headers = new HashMap<>();
    if (received.hasHeaders()) {
      Headers all = received.getHeaders();
      all.keySet().forEach(name -> headers.put(name, all.getFirst(name)));
    }
    return new Message(received.getSubject(), headers, received.getData());
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
      Dispatcher begun = to.createDispatcher(received -> handle(message(received)));
      begun.subscribe(subject, group);
      dispatcher = Optional.of(begun);
      try {
        // The answer to this comes after the subscription has been read.
        to.flush(CONNECT);
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

  /** What the client library would otherwise write to java.util.logging. */
  private static final class Told implements ErrorListener {
    @Override
    public void errorOccurred(Connection connection, String error) {
      log.warn("nats: {}", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
      log.warn("nats: {}", failure.toString());
    }

    @Override
    public void slowConsumerDetected(Connection connection, io.nats.client.Consumer consumer) {
      log.warn("nats: messages arrive faster than they are handled; some are lost");
    }
  }
}
