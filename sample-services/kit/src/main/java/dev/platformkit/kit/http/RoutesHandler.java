package dev.platformkit.kit.http;

import com.google.common.base.Throwables;
import dev.platformkit.kit.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a request's route, reads its body without holding a thread, and answers. */
final class RoutesHandler extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(RoutesHandler.class);

  /** What nobody will read: as much as saves the connection for the next request. */
  private static final int UNWANTED_BODY = 4 * 1024;

  private final Supplier<List<Route>> routes;
  private final Duration bodyPatience;
  private final RequestObserver observer;

  /**
   * A handler of these routes.
   *
   * @param bodyPatience how long a body may take to arrive, however steadily it trickles in
   */
  RoutesHandler(Telemetry telemetry, Supplier<List<Route>> routes, Duration bodyPatience) {
    this.routes = routes;
    this.bodyPatience = bodyPatience;
    observer = new RequestObserver(telemetry);
    routes.get().forEach(observer::expect);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    Optional<Route> route =
        routes.get().stream()
            .filter(r -> r.method().equals(request.getMethod()) && r.match(path).isPresent())
            .findFirst();
    new Exchange(request, response, callback, route).begin();
    return true;
  }

  /** One request and its one answer: to its body, or to the fact that it did not arrive. */
  private final class Exchange {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Optional<Route> route;
    private final RequestObserver.Observed observed;
    private final AtomicBoolean taken = new AtomicBoolean();

    Exchange(Request request, Response response, Callback callback, Optional<Route> route) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.route = route;
      observed =
          observer.begin(request, route.map(Route::template).orElse(RequestObserver.NO_ROUTE));
    }

    void begin() {
      if (request.getLength() == 0) {
        answer(() -> ask(new byte[0]));
        return;
      }
      Scheduler.Task late =
          request
              .getComponents()
              .getScheduler()
              .schedule(
                  () -> answer(() -> refuse(408, "the body takes too long to arrive")),
                  bodyPatience.toMillis(),
                  TimeUnit.MILLISECONDS);
      Content.Source.asByteArrayAsync(
          request,
          largestBody(),
          Promise.Invocable.from(
              InvocationType.BLOCKING,
              (body, unread) -> {
                late.cancel();
                answer(() -> unread == null ? ask(body) : unreadable(unread));
              }));
    }

    private void answer(Supplier<HttpReply> how) {
      if (!taken.compareAndSet(false, true)) {
        return;
      }
      HttpReply reply = observed.run(how);
      response.setStatus(reply.status());
      response.getHeaders().put("Content-Type", reply.type());
      reply.headers().forEach(response.getHeaders()::put);
      response.getHeaders().put("traceparent", observed.traceparent());
      observed.end(reply.status());
      response.write(true, reply.bytes(), callback);
    }

    private HttpReply ask(byte[] body) {
      try {
        String path = Request.getPathInContext(request);
        Route found = route.orElseThrow(() -> noRoute(request.getMethod(), path));
        Map<String, String> named = found.match(path).orElseThrow();
        return found.handler().handle(new HttpRequest(request, named, body));
      } catch (HttpProblem e) {
        return e.reply();
      } catch (RuntimeException e) {
        log.error("a request failed in a way that was not foreseen", e);
        return refuse(500, "this should not have happened");
      }
    }

    private HttpReply unreadable(Throwable cause) {
      Throwable root = Throwables.getRootCause(cause);
      return root instanceof IllegalStateException
          ? refuse(413, "the body is longer than " + largestBody() + " bytes")
          : refuse(400, "the body did not arrive: " + root.getMessage());
    }

    private int largestBody() {
      return route.map(Route::largestBody).orElse(UNWANTED_BODY);
    }

    private HttpReply refuse(int status, String detail) {
      return HttpProblem.of(status, detail).reply();
    }
  }

  private HttpProblem noRoute(String method, String path) {
    String allowed =
        routes.get().stream()
            .filter(r -> r.match(path).isPresent())
            .map(Route::method)
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    return allowed.isEmpty()
        ? HttpProblem.of(404, "nothing is here")
        : HttpProblem.of(405, method + " is not among " + allowed).header("Allow", allowed);
  }
}
