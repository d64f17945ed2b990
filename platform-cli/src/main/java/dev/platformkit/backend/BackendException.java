package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

/** A server did not answer as it had to: which one, asked what, what was expected, what came. */
public final class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String server;
  private final boolean answered;

  private BackendException(
      String server,
      String request,
      String expected,
      String seen,
      boolean answered,
      Throwable cause) {
    super("%s: %s: expected %s, got %s".formatted(server, request, expected, seen), cause);
    this.server = server;
    this.answered = answered;
  }

  static BackendException answered(String server, String request, String expected, String seen) {
    return new BackendException(
        requireNonNull(server, "server is null"), request, expected, seen, true, null);
  }

  static BackendException silent(String server, String request, String expected, Throwable cause) {
    String seen = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new BackendException(
        requireNonNull(server, "server is null"),
        request,
        expected,
        "no answer (" + seen + ")",
        false,
        cause);
  }

  /** A container whose log its engine does not give. */
  public static BackendException unreadable(String container, String why, Throwable cause) {
    return new BackendException(
        requireNonNull(container, "container is null"), "its log", "lines", why, true, cause);
  }

  /** A server that cannot even be asked, for example because its container is stopped. */
  public static BackendException unreachable(String server, String why) {
    return new BackendException(
        requireNonNull(server, "server is null"),
        "not asked",
        "a running server",
        why,
        false,
        null);
  }

  public String server() {
    return server;
  }

  /** Whether the server answered at all; a wrong answer is a fact about it, silence may be ours. */
  public boolean answered() {
    return answered;
  }
}
