package dev.platformkit.verify.flow;

import static java.util.Objects.requireNonNull;

/**
 * One run under way, for whoever judges a part of it.
 *
 * @param nonce what tells this run from every other
 * @param spans what has been counted of spans since it began
 * @param lines what has been counted of log lines since it began
 */
public record Course(String nonce, SpanFlow spans, LineFlow lines) {
  public Course {
    requireNonNull(nonce, "nonce is null");
    requireNonNull(spans, "spans is null");
    requireNonNull(lines, "lines is null");
  }
}
