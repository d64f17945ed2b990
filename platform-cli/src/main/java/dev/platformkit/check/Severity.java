package dev.platformkit.check;

import java.util.Locale;

/** How bad a finding is, the worst first. */
public enum Severity {
  /** It will not work, or it lets somebody in. */
  ERROR,
  /** It works today. */
  WARNING,
  /** Worth knowing; nothing is judged bad for it. */
  INFO;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
