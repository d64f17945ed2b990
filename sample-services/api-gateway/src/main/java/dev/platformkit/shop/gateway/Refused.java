package dev.platformkit.shop.gateway;

import com.google.common.base.Throwables;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.platformkit.kit.auth.Credentials;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.http.HttpProblem;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service answers instead of a result, as HTTP says it. What a service refuses is passed on
 * with all its details; that one failed is told, but not how: that is for our log, and outside it
 * would only tell how we are built.
 */
final class Refused {
  private static final Logger log = LoggerFactory.getLogger(Refused.class);

  private final Throwable cause;
  private final com.google.rpc.Status said;

  private Refused(Throwable cause) {
    this.cause = cause;
    said = StatusProto.fromThrowable(cause);
  }

  static HttpProblem problem(Throwable cause) {
    return new Refused(cause).problem();
  }

  private HttpProblem problem() {
    Optional<ErrorInfo> info =
        detail(ErrorInfo.class).filter(each -> each.getDomain().equals(Refusal.DOMAIN));
    String reason = info.map(ErrorInfo::getReason).orElse("");
    if (reason.equals(Credentials.NOT_A_SERVICE)) {
      // That is us, and nothing that the caller could do anything about.
      return failed(500, "a service that this needs failed");
    }
    HttpProblem problem = byCode(info.flatMap(Refused::status)).because(reason);
    for (BadRequest.FieldViolation field :
        detail(BadRequest.class).orElse(BadRequest.getDefaultInstance()).getFieldViolationsList()) {
      problem = problem.error(field.getField(), field.getDescription());
    }
    Optional<RetryInfo> retry = detail(RetryInfo.class);
    if (retry.isPresent()) {
      problem = problem.header("Retry-After", Long.toString(seconds(retry.get())));
    }
    return problem;
  }

  private HttpProblem byCode(Optional<Integer> http) {
    Status status = Status.fromThrowable(cause);
    String told = status.getDescription() == null ? "" : status.getDescription();
    return switch (status.getCode()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> HttpProblem.of(http.orElse(400), told);
      case UNAUTHENTICATED ->
          HttpProblem.of(http.orElse(401), told).header("WWW-Authenticate", "Bearer");
      case PERMISSION_DENIED -> HttpProblem.of(http.orElse(403), told);
      case NOT_FOUND -> HttpProblem.of(http.orElse(404), told);
      case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> HttpProblem.of(http.orElse(409), told);
      case RESOURCE_EXHAUSTED -> HttpProblem.of(http.orElse(429), told);
      case UNIMPLEMENTED -> failed(501, "the service behind this cannot do that yet");
      case UNAVAILABLE -> failed(http.orElse(503), "a service that this needs does not answer");
      case DEADLINE_EXCEEDED, CANCELLED ->
          failed(504, "a service that this needs did not answer in time");
      case OK, UNKNOWN, INTERNAL, DATA_LOSS -> failed(500, "a service that this needs failed");
    };
  }

  private HttpProblem failed(int http, String detail) {
    log.warn("{}: {}, {}", detail, cause.getMessage(), Throwables.getRootCause(cause).getMessage());
    return HttpProblem.of(http, detail).causedBy(cause);
  }

  /** The status that a service would have HTTP say, if that is one for what went wrong. */
  private static Optional<Integer> status(ErrorInfo info) {
    String written = info.getMetadataOrDefault(Refusal.HTTP_STATUS, "");
    return written.matches("[45]\\d\\d") ? Optional.of(Integer.valueOf(written)) : Optional.empty();
  }

  /** Never too early, and never at once. */
  private static long seconds(RetryInfo retry) {
    return Math.max(1, (Durations.toMillis(retry.getRetryDelay()) + 999) / 1000);
  }

  private <M extends Message> Optional<M> detail(Class<M> type) {
    if (said == null) {
      return Optional.empty();
    }
    try {
      return Refusal.detail(said, type);
    } catch (InvalidProtocolBufferException e) {
      log.warn("a service answers with a detail that cannot be read", e);
      return Optional.empty();
    }
  }
}
