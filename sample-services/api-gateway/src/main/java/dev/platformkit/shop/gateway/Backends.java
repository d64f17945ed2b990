package dev.platformkit.shop.gateway;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.platformkit.kit.http.HttpProblem;
import dev.platformkit.kit.http.HttpReply;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to the services behind the gateway: one deadline for everything that a request takes, which
 * travels with each call; and what they answer instead of a result, as HTTP says it.
 */
final class Backends {
  private static final Logger log = LoggerFactory.getLogger(Backends.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setDaemon(true).setNameFormat("deadlines").build());

  private final Duration deadline;

  Backends(Duration deadline) {
    this.deadline = deadline;
  }

  /** Answers a request within the deadline. */
  HttpReply call(Supplier<HttpReply> handler) {
    CancellableContext context =
        Context.current().withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS, timer);
    Context outer = context.attach();
    try {
      return handler.get();
    } catch (StatusRuntimeException e) {
      throw problem(e);
    } finally {
      context.detach(outer);
      context.cancel(null);
    }
  }

  private static HttpProblem problem(StatusRuntimeException e) {
    Status status = e.getStatus();
    String told = status.getDescription() == null ? "" : status.getDescription();
    HttpProblem problem =
        switch (status.getCode()) {
          case INVALID_ARGUMENT, OUT_OF_RANGE -> HttpProblem.of(400, told);
          case UNAUTHENTICATED -> HttpProblem.of(401, told).header("WWW-Authenticate", "Bearer");
          case PERMISSION_DENIED -> HttpProblem.of(403, told);
          case NOT_FOUND -> HttpProblem.of(404, told);
          case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED ->
              HttpProblem.of(Details.http(e).orElse(409), told);
          case RESOURCE_EXHAUSTED -> HttpProblem.of(429, told);
          case UNIMPLEMENTED -> failed(501, "the service behind this cannot do that yet", e);
          case UNAVAILABLE -> failed(503, "a service that this needs does not answer", e);
          case DEADLINE_EXCEEDED, CANCELLED ->
              failed(504, "a service that this needs did not answer in time", e);
          case OK, UNKNOWN, INTERNAL, DATA_LOSS ->
              failed(500, "a service that this needs failed", e);
        };
    return problem.status() >= 500 ? problem : Details.added(problem, e);
  }

  /** What went wrong inside is for our log; outside it would only tell how we are built. */
  private static HttpProblem failed(int http, String detail, StatusRuntimeException e) {
    log.warn("{}: {}, {}", detail, e.getMessage(), Throwables.getRootCause(e).getMessage());
    return HttpProblem.of(http, detail).causedBy(e);
  }
}
