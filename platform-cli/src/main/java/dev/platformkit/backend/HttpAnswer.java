package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

/** What a server answered, whatever its status. */
public record HttpAnswer(int status, String body) {
  private static final int SHOWN = 240;

  public HttpAnswer {
    requireNonNull(body, "body is null");
  }

  public boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** Status and the beginning of the body on one line, for a person. */
  public String summary() {
    String line = body.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return Integer.toString(status);
    }
    return status + " " + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…");
  }
}
