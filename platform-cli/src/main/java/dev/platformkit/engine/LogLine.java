package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One line that a container wrote, as the engine kept it.
 *
 * @param time when the engine received it, to the nanosecond
 * @param stream {@code stdout} or {@code stderr}
 * @param text the line without its line end
 */
public record LogLine(Instant time, String stream, String text) {
  public LogLine {
    requireNonNull(time, "time is null");
    requireNonNull(stream, "stream is null");
    requireNonNull(text, "text is null");
  }
}
