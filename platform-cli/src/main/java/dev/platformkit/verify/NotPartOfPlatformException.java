package dev.platformkit.verify;

/** Something is asked of a service that this platform is without; what needs it is left out. */
public final class NotPartOfPlatformException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotPartOfPlatformException(String service) {
    this(service, "is not part of this platform");
  }

  /**
   * A service that is not to be asked.
   *
   * @param why the rest of a sentence that begins with the service's name
   */
  public NotPartOfPlatformException(String service, String why) {
    super(service + " " + why);
  }
}
