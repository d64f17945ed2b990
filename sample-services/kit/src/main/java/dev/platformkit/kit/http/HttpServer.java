package dev.platformkit.kit.http;

import dev.platformkit.kit.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves routes over HTTP/1.1, within limits: of header and body size, of connections, of the time
 * between two bytes and that of all headers or a whole body. No thread waits for a slow one.
 */
public final class HttpServer {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final int THREADS = 16;
  private static final int CONNECTIONS = 512;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(15);
  private static final Duration IDLE_WHEN_STOPPING = Duration.ofMillis(100);

  private final Server server;
  private final ServerConnector connector;

  private HttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /** Listens at once, on any free port if that is 0. */
  public static HttpServer start(int port, Telemetry telemetry, List<Route> routes)
      throws Exception {
    return start(port, telemetry, LiveRoutes.of(routes), HttpSettings.usual());
  }

  /** Listens at once, on any free port if that is 0, for whatever the routes are at a time. */
  public static HttpServer start(
      int port, Telemetry telemetry, LiveRoutes routes, HttpSettings settings) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("http");
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    ConnectionFactory protocol = new PatientConnections(http, settings.headPatience());
    ServerConnector connector = new ServerConnector(server, 1, 1, protocol);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setShutdownIdleTimeout(IDLE_WHEN_STOPPING.toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    server.setErrorHandler(new Problems());
    server.setStopTimeout(settings.stopPatience().toMillis());
    server.setHandler(new GracefulHandler(new RoutesHandler(telemetry, routes, settings)));
    server.start();
    return new HttpServer(server, connector);
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no more requests, and lets those that are under way end. */
  public void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("requests were cut off: {}", e.toString());
    }
  }

  /**
   * What the server refuses before any route is asked has the same form as what a route refuses.
   */
  private static final class Problems extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = response.getStatus() < 400 ? 500 : response.getStatus();
      HttpReply reply = HttpProblem.of(status, told(status)).reply(RequestId.of(request));
      response.setStatus(status);
      response.getHeaders().put(RequestId.HEADER, RequestId.of(request));
      response.getHeaders().put("Content-Type", reply.type());
      response.write(true, reply.bytes(), callback);
      return true;
    }

    private static String told(int status) {
      return status == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431
          ? "the headers are longer than " + HEADER_BYTES + " bytes"
          : HttpStatus.getMessage(status);
    }
  }
}
