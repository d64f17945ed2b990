package dev.platformkit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Puts the engine's log frames together into lines. The engine sends one frame per piece that it
 * stored, each with a timestamp before it; a line longer than 16 KiB was stored in several pieces,
 * of which only the last ends the line. The client hands on a frame in two where the connection cut
 * it, also within its timestamp. Frames of a terminal carry no boundaries at all. Not safe for use
 * by several threads.
 */
final class LogFrames {
  private static final Pattern BEGUN_TIMESTAMP = Pattern.compile("[0-9]{1,4}(-[0-9TZ:.-]{0,27})?");

  private final Consumer<LogLine> lines;
  private final Map<String, Line> open = new HashMap<>();
  private final Map<String, byte[]> begun = new HashMap<>();

  LogFrames(Consumer<LogLine> lines) {
    this.lines = requireNonNull(lines, "lines is null");
  }

  /**
   * Takes one frame.
   *
   * @param stream {@code stdout} or {@code stderr}
   * @param boundaries whether the frame begins with a timestamp of its own
   */
  void accept(String stream, boolean boundaries, byte[] payload) {
    byte[] before = begun.remove(stream);
    byte[] whole = before == null ? payload : joined(before, payload);
    if (boundaries && BEGUN_TIMESTAMP.matcher(new String(whole, UTF_8)).matches()) {
      begun.put(stream, whole);
      return;
    }
    take(stream, boundaries, whole);
  }

  private void take(String stream, boolean boundaries, byte[] payload) {
    Line line = open.computeIfAbsent(stream, s -> new Line());
    int from = 0;
    while (from < payload.length) {
      if (line.time == null || (boundaries && from == 0)) {
        int space = indexOf(payload, (byte) ' ', from);
        Instant time = space < 0 ? null : timestamp(payload, from, space);
        if (time != null) {
          line.time = line.time == null ? time : line.time;
          from = space + 1;
        }
      }
      int end = indexOf(payload, (byte) '\n', from);
      int to = end < 0 ? payload.length : end;
      line.text.write(payload, from, to - from);
      if (end < 0) {
        return;
      }
      emit(stream, line);
      line = new Line();
      open.put(stream, line);
      from = end + 1;
    }
  }

  /** Hands over what was not ended by a line end. */
  void end() {
    begun.forEach((stream, text) -> take(stream, false, text));
    begun.clear();
    open.forEach(
        (stream, line) -> {
          if (line.text.size() > 0) {
            emit(stream, line);
          }
        });
    open.clear();
  }

  private void emit(String stream, Line line) {
    String text = line.text.toString(UTF_8);
    if (text.endsWith("\r")) {
      text = text.substring(0, text.length() - 1);
    }
    lines.accept(new LogLine(line.time == null ? Instant.EPOCH : line.time, stream, text));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static Instant timestamp(byte[] bytes, int from, int to) {
    try {
      return Instant.parse(new String(bytes, from, to - from, UTF_8));
    } catch (DateTimeParseException e) {
      // Not a timestamp: the text of a terminal's line that was cut into several frames.
      return null;
    }
  }

  private static int indexOf(byte[] bytes, byte wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static final class Line {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    private Instant time;
  }
}
