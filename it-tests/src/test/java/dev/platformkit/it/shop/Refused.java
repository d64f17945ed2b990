package dev.platformkit.it.shop;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a call was refused, as programs read it: by gRPC's error model.
 *
 * @param reason of {@code google.rpc.ErrorInfo}
 * @param fields that {@code google.rpc.BadRequest} names, in its order
 * @param told for people; not compared
 * @param retryAfter of {@code google.rpc.RetryInfo}; not compared
 */
record Refused(
    Code code, String reason, List<String> fields, String told, Optional<Duration> retryAfter) {
  Refused {
    requireNonNull(code, "code is null");
    requireNonNull(reason, "reason is null");
    fields = List.copyOf(fields);
    requireNonNull(told, "told is null");
    requireNonNull(retryAfter, "retryAfter is null");
  }

  static Refused with(Code code, String reason, String... fields) {
    return new Refused(code, reason, List.of(fields), "", Optional.empty());
  }

  /** A request that breaks the rules of these fields. */
  static Refused invalid(String... fields) {
    return with(Code.INVALID_ARGUMENT, "INVALID", fields);
  }

  static Refused of(StatusRuntimeException thrown) {
    com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
    String reason = "";
    List<String> fields = List.of();
    Optional<Duration> retryAfter = Optional.empty();
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          reason = detail.unpack(ErrorInfo.class).getReason();
        } else if (detail.is(BadRequest.class)) {
          fields =
              detail.unpack(BadRequest.class).getFieldViolationsList().stream()
                  .map(BadRequest.FieldViolation::getField)
                  .toList();
        } else if (detail.is(RetryInfo.class)) {
          retryAfter =
              Optional.of(
                  Duration.ofMillis(
                      Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay())));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("details that cannot be read: " + status, e);
    }
    return new Refused(
        thrown.getStatus().getCode(), reason, fields, status.getMessage(), retryAfter);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Refused that
        && code == that.code
        && reason.equals(that.reason)
        && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return reason.hashCode();
  }

  @Override
  public String toString() {
    return "%s %s %s%s".formatted(code, reason, fields, told.isEmpty() ? "" : " \"" + told + "\"");
  }
}
