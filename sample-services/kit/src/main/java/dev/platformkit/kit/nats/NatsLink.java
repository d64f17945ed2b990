package dev.platformkit.kit.nats;

import dev.platformkit.kit.Stopping;
import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.broker.Message;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a NATS server that may come after us, and go and come back. Made in the
 * background; what cannot be sent at the moment is an error at once, not a promise.
 */
final class NatsLink implements AutoCloseable {
  /** Between two tries. */
  static final Duration RETRY = Duration.ofMillis(500);

  /** For one answer of the server. */
  static final Duration ANSWER = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(NatsLink.class);

  private final URI server;
  private final Options options;
  private final Consumer<Connection> made;
  private final Stopping stopping = new Stopping();
  private Optional<Connection> connection = Optional.empty();

  /**
   * @param made told of the connection, once; later it is the connection's own to come back
   */
  NatsLink(URI server, String client, Consumer<Connection> made) {
    this.server = server;
    this.made = made;
    options =
        Options.builder()
            .server(server.toString())
            .connectionName(client)
            .connectionTimeout(ANSWER)
            .maxReconnects(-1)
            .reconnectWait(RETRY)
            .reconnectJitter(Duration.ofMillis(100))
            .reconnectBufferSize(0)
            .pingInterval(Duration.ofSeconds(5))
            .errorListener(new Told())
            .build();
  }

  void connect() {
    Thread thread = new Thread(this::connectOnce, "nats");
    thread.setDaemon(true);
    thread.start();
  }

  /** The connection, if there ever was one; it may be down. */
  synchronized Optional<Connection> connection() {
    return connection;
  }

  /**
   * The connection, which is up.
   *
   * @throws Unavailable when it is not
   */
  Connection up() {
    Connection known =
        connection().orElseThrow(() -> unavailable(new IOException("no answer so far")));
    if (known.getStatus() != Connection.Status.CONNECTED) {
      throw unavailable(new IOException(known.getStatus().toString()));
    }
    return known;
  }

  Unavailable unavailable(Exception cause) {
    return new Unavailable("nats does not answer at " + server, cause);
  }

  /** Tries no more to connect; what is connected stays so until {@link #close}. */
  void stop() {
    stopping.now();
  }

  @Override
  public void close() {
    stop();
    try {
      if (connection().isPresent()) {
        connection().get().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As the client library has it. */
  static NatsMessage outgoing(Message message) {
    Headers headers = new Headers();
    message.headers().forEach(headers::add);
    return NatsMessage.builder()
        .subject(message.subject())
        .headers(headers)
        .data(message.body())
        .build();
  }

  /** As the kit has it. */
  static Message incoming(io.nats.client.Message received) {
    Map<String, String> headers = new HashMap<>();
    if (received.hasHeaders()) {
      Headers all = received.getHeaders();
      all.keySet().forEach(name -> headers.put(name, all.getFirst(name)));
    }
    return new Message(received.getSubject(), headers, received.getData());
  }

  private void connectOnce() {
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

  private void connected(Connection to) throws InterruptedException {
    synchronized (this) {
      if (stopping.told()) {
        to.close();
        return;
      }
      connection = Optional.of(to);
    }
    log.info("connected to nats at {}", server);
    made.accept(to);
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
