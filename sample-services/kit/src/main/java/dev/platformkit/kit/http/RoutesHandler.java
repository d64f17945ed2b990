package dev.platformkit.kit.http;

import dev.platformkit.kit.telemetry.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a request's route, reads its body without holding a thread, and answers. */
final class RoutesHandler extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(RoutesHandler.class);

  /** What nobody will read: as much as saves the connection for the next request. */
  private static final int UNWANTED_BODY = 4 * 1024;

  private final List<Route> routes;
  private final RequestObserver observer;

  RoutesHandler(Telemetry telemetry, List<Route> routes) {
    this.routes = List.copyOf(routes);
    observer = new RequestObserver(telemetry);
    routes.forEach(observer::expect);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    Optional<Route> route =
        routes.stream()
            .filter(r -> r.method().equals(request.getMethod()) && r.match(path).isPresent())
            .findFirst();
    RequestObserver.Observed observed =
        observer.begin(request, route.map(Route::template).orElse(RequestObserver.NO_ROUTE));
    if (request.getLength() == 0) {
      answer(observed, request, response, callback, route, new byte[0], null);
      return true;
    }
    Content.Source.asByteArrayAsync(
        request,
        largestBody(route),
        Promise.Invocable.from(
            InvocationType.BLOCKING,
            (body, unread) -> answer(observed, request, response, callback, route, body, unread)));
    return true;
  }

  private void answer(
      RequestObserver.Observed observed,
      Request request,
      Response response,
      Callback callback,
      Optional<Route> route,
      byte[] body,
      Throwable unread) {
    HttpReply reply = observed.run(() -> reply(request, route, body, unread));
    response.setStatus(reply.status());
    response.getHeaders().put("Content-Type", reply.type());
    reply.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put("traceparent", observed.traceparent());
    observed.end(reply.status());
    response.write(true, reply.bytes(), callback);
  }

  private HttpReply reply(Request request, Optional<Route> route, byte[] body, Throwable unread) {
    try {
      if (unread != null) {
        throw unreadable(unread, largestBody(route));
      }
      String path = Request.getPathInContext(request);
      Route found = route.orElseThrow(() -> noRoute(request.getMethod(), path));
      Map<String, String> named = found.match(path).orElseThrow();
      return found.handler().handle(new HttpRequest(request, named, body));
    } catch (HttpProblem e) {
      return e.reply();
    } catch (RuntimeException e) {
      log.error("a request failed in a way that was not foreseen", e);
      return HttpProblem.of(500, "this should not have happened").reply();
    }
  }

  private HttpProblem noRoute(String method, String path) {
    String allowed =
        routes.stream()
            .filter(r -> r.match(path).isPresent())
            .map(Route::method)
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    return allowed.isEmpty()
        ? HttpProblem.of(404, "nothing is here")
        : HttpProblem.of(405, method + " is not among " + allowed).header("Allow", allowed);
  }

  private static int largestBody(Optional<Route> route) {
    return route.map(Route::largestBody).orElse(UNWANTED_BODY);
  }

  private static HttpProblem unreadable(Throwable cause, int largest) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof IllegalStateException
        ? HttpProblem.of(413, "the body is longer than " + largest + " bytes")
        : HttpProblem.of(400, "the body did not arrive: " + root.getMessage());
  }
}
