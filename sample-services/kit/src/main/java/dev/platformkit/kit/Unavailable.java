package dev.platformkit.kit;

/**
 * Something that this service depends on does not answer, so that the same call may well succeed
 * later. Callers over gRPC see UNAVAILABLE.
 */
public final class Unavailable extends RuntimeException {
  public Unavailable(String what, Throwable cause) {
    super(what, cause);
  }
}
