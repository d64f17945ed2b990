package dev.platformkit.kit.codec;

import dev.platformkit.kit.contract.Refusal;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

/** Why what was sent is no message. */
public final class Unreadable {
  private Unreadable() {}

  /** Says of what kind it should have been; not what it held, which may be a secret. */
  public static StatusRuntimeException of(Codec codec, String kind, Throwable cause) {
    StatusRuntimeException refused =
        Refusal.because(
                Code.INVALID_ARGUMENT,
                "UNREADABLE",
                "this is no %s, written as %s".formatted(kind, codec.name()))
            .asException();
    return refused.getStatus().withCause(cause).asRuntimeException(refused.getTrailers());
  }
}
