package dev.platformkit.verify;

/** Something is asked of a service that this platform was brought up without. */
public final class NotPartOfPlatformException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotPartOfPlatformException(String service) {
    super(service + " is not part of this platform");
  }
}
