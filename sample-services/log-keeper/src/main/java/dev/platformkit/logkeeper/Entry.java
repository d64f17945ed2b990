package dev.platformkit.logkeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a log file as the engine writes them, a line each:
 *
 * <pre>
 * {"log":"hello\n","stream":"stdout","attrs":{"tag":"demo/cart/demo-cart-1"},"time":"2026-…Z"}
 * </pre>
 *
 * @param begin where it begins in the file
 * @param end where the next one begins
 * @param tag empty where the container has none
 */
record Entry(long begin, long end, String log, String stream, String tag, Instant time) {
  Entry {
    requireNonNull(log, "log is null");
    requireNonNull(stream, "stream is null");
    requireNonNull(tag, "tag is null");
    requireNonNull(time, "time is null");
  }

  /** The entry that these bytes hold, if they do. */
  static Optional<Entry> parse(byte[] bytes, int from, int to, long begin) {
    try {
      JsonElement json = JsonParser.parseString(new String(bytes, from, to - from, UTF_8));
      if (!json.isJsonObject()) {
        return Optional.empty();
      }
      JsonObject entry = json.getAsJsonObject();
      JsonElement attrs = entry.get("attrs");
      return Optional.of(
          new Entry(
              begin,
              begin + (to - from) + 1,
              text(entry, "log"),
              text(entry, "stream"),
              attrs == null ? "" : text(attrs.getAsJsonObject(), "tag"),
              Instant.parse(text(entry, "time"))));
    } catch (JsonParseException | DateTimeException | IllegalStateException e) {
      return Optional.empty(); // torn, or not the engine's: Filebeat skips it too
    }
  }

  /** The two as one, where the second goes on with the line of the first. */
  Entry with(Entry next) {
    return new Entry(begin, next.end, log + next.log, stream, tag, time);
  }

  /** Whether the line ends here: the engine splits long ones, and the last may have no newline. */
  boolean complete() {
    return log.endsWith("\n");
  }

  /** The line, without the newline. */
  String message() {
    return complete() ? log.substring(0, log.length() - 1) : log;
  }

  /** The entry as the engine would have written it, had the line been ended. */
  byte[] completed() {
    JsonObject entry = new JsonObject();
    entry.addProperty("log", message() + "\n");
    entry.addProperty("stream", stream);
    if (!tag.isEmpty()) {
      JsonObject attrs = new JsonObject();
      attrs.addProperty("tag", tag);
      entry.add("attrs", attrs);
    }
    entry.addProperty("time", time.toString());
    return (entry + "\n").getBytes(UTF_8);
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}
