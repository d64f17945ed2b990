package dev.platformkit.kit.http;

import static java.util.Objects.requireNonNull;

import dev.platformkit.kit.telemetry.Handled;
import dev.platformkit.kit.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Gives each HTTP request its span, which continues the caller's trace, its metrics, and its line
 * in the log. Attributes follow OpenTelemetry's semantic conventions for HTTP servers.
 */
final class RequestObserver {
  /** The route of a request for which there is none. */
  static final String NO_ROUTE = "none";

  /** As ECS calls it. */
  private static final String ID_IN_LOGS = "http.request.id";

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> VERSION =
      AttributeKey.stringKey("network.protocol.version");
  private static final AttributeKey<List<String>> REQUEST_ID =
      AttributeKey.stringArrayKey("http.response.header.x-request-id");

  private static final Logger log = LoggerFactory.getLogger(RequestObserver.class);
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final TextMapGetter<Request> HEADERS =
      (request, name) -> request == null ? null : request.getHeaders().get(name);

  private final Telemetry telemetry;
  private final Handled handled;

  RequestObserver(Telemetry telemetry) {
    this.telemetry = telemetry;
    handled =
        Handled.register(
            telemetry.metrics(),
            "http_server_requests",
            "http_server_request_seconds",
            "HTTP requests",
            "status",
            "service",
            "route",
            "method");
  }

  void expect(Route route) {
    handled.expectAny(telemetry.service(), route.template(), route.method());
  }

  Observed begin(Request request, String route) {
    String id = RequestId.of(request);
    // Whatever else is asked for is one method, or a caller could make up series without end.
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
    Context parent =
        telemetry
            .openTelemetry()
            .getPropagators()
            .getTextMapPropagator()
            .extract(Context.root(), request, HEADERS);
    Span span =
        telemetry
            .tracer()
            .spanBuilder(route.equals(NO_ROUTE) ? method : method + " " + route)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(METHOD, method)
            .setAttribute(PATH, Request.getPathInContext(request))
            .setAttribute(SCHEME, request.getHttpURI().getScheme())
            .setAttribute(SERVER, Request.getServerName(request))
            .setAttribute(PORT, (long) Request.getServerPort(request))
            .setAttribute(CLIENT, Request.getRemoteAddr(request))
            .setAttribute(VERSION, "1.1")
            .setAttribute(REQUEST_ID, List.of(id))
            .startSpan();
    if (!route.equals(NO_ROUTE)) {
      span.setAttribute(ROUTE, route);
    }
    return new Observed(parent.with(span), id, method, route);
  }

  /** One request under way. */
  final class Observed {
    private final Context context;
    private final String id;
    private final String method;
    private final String route;
    private final long start = System.nanoTime();

    private Observed(Context context, String id, String method, String route) {
      this.context = context;
      this.id = id;
      this.method = method;
      this.route = route;
    }

    /** Runs this in the course of the request; every line that is logged then has its id. */
    <T> T run(Supplier<T> work) {
      try (MDC.MDCCloseable named = MDC.putCloseable(ID_IN_LOGS, id)) {
        requireNonNull(named);
        return context.wrapSupplier(work).get();
      }
    }

    /** What tells the caller which trace this was. */
    String traceparent() {
      AtomicReference<String> value = new AtomicReference<>("");
      W3CTraceContextPropagator.getInstance()
          .inject(
              context,
              value,
              (carrier, name, text) -> {
                if (name.equals("traceparent")) {
                  carrier.set(text);
                }
              });
      return value.get();
    }

    void end(int status) {
      long nanos = System.nanoTime() - start;
      Span span = Span.fromContext(context);
      span.setAttribute(STATUS, (long) status);
      if (status >= 500) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute("error.type", Integer.toString(status));
      }
      span.end();
      handled.count(
          span.getSpanContext(),
          nanos,
          Integer.toString(status),
          telemetry.service(),
          route,
          method);
      run(
          () -> {
            log.info(
                "{} {} {} in {} ms", method, route, status, Duration.ofNanos(nanos).toMillis());
            return status;
          });
    }
  }
}
