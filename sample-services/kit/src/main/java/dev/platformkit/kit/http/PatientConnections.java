package dev.platformkit.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Connections on which a request's headers have to arrive within a time. Jetty itself only has a
 * timeout for silence, which whoever sends a byte now and then never meets.
 */
final class PatientConnections extends HttpConnectionFactory {
  private final Duration patience;

  PatientConnections(HttpConfiguration configuration, Duration patience) {
    super(configuration);
    this.patience = patience;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    Patient connection = new Patient(getHttpConfiguration(), connector, endPoint);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  private final class Patient extends HttpConnection {
    private final AtomicReference<Scheduler.Task> late = new AtomicReference<>();

    Patient(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint);
    }

    @Override
    public void onFillable() {
      if (late.get() == null) {
        late.set(
            getConnector()
                .getScheduler()
                .schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS));
      }
      super.onFillable();
      // Nothing of a request is here: that is silence, which may last.
      if (getParser().isStart()) {
        arrived();
      }
    }

    @Override
    protected RequestHandler newRequestHandler() {
      return new RequestHandler() {
        @Override
        public boolean headerComplete() {
          arrived();
          return super.headerComplete();
        }
      };
    }

    @Override
    public void onClose(Throwable cause) {
      arrived();
      super.onClose(cause);
    }

    private void arrived() {
      Scheduler.Task waiting = late.getAndSet(null);
      if (waiting != null) {
        waiting.cancel();
      }
    }

    private void giveUp() {
      if (late.getAndSet(null) == null) {
        return;
      }
      HttpReply reply =
          HttpProblem.of(408, "the headers take too long to arrive")
              .reply(UUID.randomUUID().toString());
      String answer =
          "HTTP/1.1 408 Request Timeout\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
              .formatted(reply.type(), reply.body().getBytes(UTF_8).length, reply.body());
      getEndPoint()
          .write(
              Callback.from(getEndPoint()::close, getEndPoint()::close),
              BufferUtil.toBuffer(answer, UTF_8));
    }
  }
}
