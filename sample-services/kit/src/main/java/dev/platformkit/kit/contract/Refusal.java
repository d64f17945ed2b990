package dev.platformkit.kit.contract;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a service does not do what it was asked, for people, and for programs: as the error model of
 * gRPC has it, a {@code google.rpc.Status} with details in the trailers.
 *
 * <pre>
 * throw Refusal.because(Code.NOT_FOUND, "UNKNOWN_PRODUCT", "there is no product " + id).asException();
 * </pre>
 *
 * @param code what kind of refusal this is
 * @param reason the one that programs go by, in capitals; stands in the contract
 * @param told the one that people read; nothing secret
 * @param fields what is wrong with which field of the request, by its path in the contract
 * @param retryAfter when asking again makes sense
 * @param http what HTTP says instead of what it says for such a code
 */
public record Refusal(
    Code code,
    String reason,
    String told,
    Map<String, String> fields,
    Optional<Duration> retryAfter,
    Optional<Integer> http) {
  /** Whose reasons these are. */
  public static final String DOMAIN = "shop";

  /** What {@link #http} is called among the details. */
  public static final String HTTP_STATUS = "http_status";

  /** Where the details of a status stand in the trailers, by gRPC's convention. */
  public static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  public Refusal {
    requireNonNull(code, "code is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(told, "told is null");
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    requireNonNull(retryAfter, "retryAfter is null");
    requireNonNull(http, "http is null");
  }

  public static Refusal because(Code code, String reason, String told) {
    return new Refusal(code, reason, told, Map.of(), Optional.empty(), Optional.empty());
  }

  /** A request whose fields break the contract. */
  public static Refusal invalid(Map<String, String> fields) {
    String told =
        fields.entrySet().stream()
            .map(field -> field.getKey() + " " + field.getValue())
            .reduce((one, other) -> one + "; " + other)
            .orElse("the request is invalid");
    return new Refusal(
        Code.INVALID_ARGUMENT, "INVALID", told, fields, Optional.empty(), Optional.empty());
  }

  public static Refusal invalid(String field, String what) {
    return invalid(Map.of(field, what));
  }

  public Refusal retryAfter(Duration wait) {
    return new Refusal(code, reason, told, fields, Optional.of(wait), http);
  }

  public Refusal http(int status) {
    return new Refusal(code, reason, told, fields, retryAfter, Optional.of(status));
  }

  /** The reason that somebody gave who threw this, if any. */
  public static Optional<String> reason(StatusRuntimeException thrown) {
    Status status = StatusProto.fromThrowable(thrown);
    if (status == null) {
      return Optional.empty();
    }
    try {
      return detail(status, ErrorInfo.class).map(ErrorInfo::getReason);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the details of a status cannot be read", e);
    }
  }

  /**
   * The first detail of a kind that a status has, if any.
   *
   * @throws InvalidProtocolBufferException when it cannot be read
   */
  public static <M extends Message> Optional<M> detail(Status status, Class<M> kind)
      throws InvalidProtocolBufferException {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(kind)) {
        return Optional.of(detail.unpack(kind));
      }
    }
    return Optional.empty();
  }

  /** What to throw. */
  public StatusRuntimeException asException() {
    Status.Builder status = Status.newBuilder().setCode(code.value()).setMessage(told);
    ErrorInfo.Builder info = ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN);
    http.ifPresent(said -> info.putMetadata(HTTP_STATUS, Integer.toString(said)));
    status.addDetails(Any.pack(info.build()));
    if (!fields.isEmpty()) {
      BadRequest.Builder bad = BadRequest.newBuilder();
      fields.forEach(
          (field, what) -> bad.addFieldViolationsBuilder().setField(field).setDescription(what));
      status.addDetails(Any.pack(bad.build()));
    }
    retryAfter.ifPresent(
        wait ->
            status.addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(Durations.fromMillis(wait.toMillis()))
                        .build())));
    return StatusProto.toStatusRuntimeException(status.build());
  }
}
