package dev.platformkit.verify;

/** A server is named and cannot be asked from here, which says nothing about what it does. */
public final class OutOfReachException extends NotRunningException {
  private static final long serialVersionUID = 1L;

  /**
   * A server that cannot be asked.
   *
   * @param told the id of the check that tells why
   */
  public OutOfReachException(String server, String told) {
    super(server + " is out of reach: see " + told);
  }
}
