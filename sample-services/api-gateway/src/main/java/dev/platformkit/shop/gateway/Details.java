package dev.platformkit.shop.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.http.HttpProblem;
import dev.platformkit.kit.http.HttpProblem.FieldError;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;

/** What a refusal says to programs, as HTTP says it. */
final class Details {
  private Details() {}

  /** The status that a service wants HTTP to say, if it has one to say. */
  static Optional<Integer> http(StatusRuntimeException refused) {
    return detail(refused, ErrorInfo.class)
        .map(info -> info.getMetadataMap().get(Refusal.HTTP_STATUS))
        .filter(text -> text.matches("4\\d\\d"))
        .map(Integer::parseInt);
  }

  /** The problem with all that was said besides. */
  static HttpProblem added(HttpProblem problem, StatusRuntimeException refused) {
    List<FieldError> fields =
        detail(refused, BadRequest.class).map(BadRequest::getFieldViolationsList).stream()
            .flatMap(List::stream)
            .map(violation -> new FieldError(violation.getField(), violation.getDescription()))
            .toList();
    HttpProblem more =
        Refusal.reason(refused).map(reason -> problem.because(reason, fields)).orElse(problem);
    return detail(refused, RetryInfo.class)
        .map(retry -> more.header("Retry-After", Long.toString(seconds(retry))))
        .orElse(more);
  }

  /** Rounded up: who comes back too early is refused again. */
  private static long seconds(RetryInfo retry) {
    return (Durations.toMillis(retry.getRetryDelay()) + 999) / 1000;
  }

  private static <T extends Message> Optional<T> detail(
      StatusRuntimeException refused, Class<T> type) {
    Status status = StatusProto.fromThrowable(refused);
    if (status == null) {
      return Optional.empty();
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
