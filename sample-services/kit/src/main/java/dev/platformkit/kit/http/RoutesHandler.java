package dev.platformkit.kit.http;

import com.google.common.base.Throwables;
import dev.platformkit.kit.telemetry.Telemetry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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

  private final LiveRoutes routes;
  private final HttpSettings settings;
  private final RequestObserver observer;

  RoutesHandler(Telemetry telemetry, LiveRoutes routes, HttpSettings settings) {
    this.routes = routes;
    this.settings = settings;
    observer = new RequestObserver(telemetry);
    routes.follow(observer::expect);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    RouteTable table = routes.table();
    new Exchange(request, response, callback, table, table.find(request.getMethod(), path)).begin();
    return true;
  }

  /** One request and its one answer: to its body, or to the fact that it did not arrive. */
  private final class Exchange {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final RouteTable table;
    private final Optional<RouteTable.Found> found;
    private final RequestObserver.Observed observed;
    private final AtomicBoolean taken = new AtomicBoolean();

    Exchange(
        Request request,
        Response response,
        Callback callback,
        RouteTable table,
        Optional<RouteTable.Found> found) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.table = table;
      this.found = found;
      observed =
          observer.begin(
              request, found.map(f -> f.route().template()).orElse(RequestObserver.NO_ROUTE));
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
                  () -> answer(() -> now(refuse(408, "the body takes too long to arrive"))),
                  settings.bodyPatience().toMillis(),
                  TimeUnit.MILLISECONDS);
      Content.Source.asByteArrayAsync(
          request,
          largestBody(),
          Promise.Invocable.from(
              InvocationType.BLOCKING,
              (body, unread) -> {
                late.cancel();
                answer(() -> unread == null ? ask(body) : now(unreadable(unread)));
              }));
    }

    private void answer(Supplier<CompletionStage<HttpReply>> how) {
      if (taken.compareAndSet(false, true)) {
        observed
            .run(how)
            .exceptionally(failure -> observed.run(() -> failed(failure)))
            .thenAccept(this::send);
      }
    }

    private void send(HttpReply reply) {
      response.setStatus(reply.status());
      if (!reply.type().isEmpty()) {
        response.getHeaders().put("Content-Type", reply.type());
      }
      reply.headers().forEach(response.getHeaders()::put);
      settings.cors().headers(request).forEach(response.getHeaders()::put);
      response.getHeaders().put(RequestId.HEADER, RequestId.of(request));
      response.getHeaders().put("traceparent", observed.traceparent());
      observed.end(reply.status());
      response.write(true, reply.bytes(), callback);
    }

    private CompletionStage<HttpReply> ask(byte[] body) {
      try {
        Optional<HttpReply> preflight = settings.cors().preflight(request);
        if (preflight.isPresent()) {
          return now(preflight.get());
        }
        RouteTable.Found asked = found.orElseThrow(this::nothingHere);
        return asked.route().handler().handle(new HttpRequest(request, asked.named(), body));
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private HttpReply failed(Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof HttpProblem problem) {
        return problem.reply(RequestId.of(request));
      }
      log.error("a request failed in a way that was not foreseen", cause);
      return refuse(500, "this should not have happened");
    }

    private static CompletionStage<HttpReply> now(HttpReply reply) {
      return CompletableFuture.completedFuture(reply);
    }

    private HttpReply unreadable(Throwable cause) {
      Throwable root = Throwables.getRootCause(cause);
      return root instanceof IllegalStateException
          ? refuse(413, "the body is longer than " + largestBody() + " bytes")
          : refuse(400, "the body did not arrive: " + root.getMessage());
    }

    private int largestBody() {
      return found.map(f -> f.route().largestBody()).orElse(UNWANTED_BODY);
    }

    private HttpProblem nothingHere() {
      return table.noneFor(request.getMethod(), Request.getPathInContext(request));
    }

    private HttpReply refuse(int status, String detail) {
      return HttpProblem.of(status, detail).reply(RequestId.of(request));
    }
  }
}
