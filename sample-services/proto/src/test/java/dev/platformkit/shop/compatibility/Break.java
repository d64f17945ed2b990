package dev.platformkit.shop.compatibility;

import static java.util.Objects.requireNonNull;

/**
 * One thing that a change of the contracts breaks.
 *
 * @param file where it stands, or stood
 * @param element which message, field, value or method it is about
 * @param what what has become of it
 * @param why who can no longer do what
 * @param instead what to do
 */
record Break(String file, String element, String what, String why, String instead) {
  Break {
    requireNonNull(file, "file is null");
    requireNonNull(element, "element is null");
    requireNonNull(what, "what is null");
    requireNonNull(why, "why is null");
    requireNonNull(instead, "instead is null");
  }

  @Override
  public String toString() {
    return "%s: %s %s%n    breaks: %s%n    instead: %s"
        .formatted(file, element, what, why, instead);
  }
}
