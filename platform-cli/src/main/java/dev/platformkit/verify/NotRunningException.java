package dev.platformkit.verify;

/** Something is asked of a service none of whose containers runs. */
public class NotRunningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A service that cannot be asked.
   *
   * @param state what its container does instead, for example {@code exited (137)}
   */
  public NotRunningException(String service, String state) {
    this(service + " does not run: " + state);
  }

  NotRunningException(String message) {
    super(message);
  }
}
