package dev.platformkit.logkeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Locale;

/**
 * Under which id a line is stored: what the processor {@code fingerprint} of {@code
 * filebeat/filebeat.yml} makes of container, stream, time and line. It writes the names and values
 * in the order of the names, each after a bar, and a time as Go prints one.
 */
final class DocumentId {
  private static final DateTimeFormatter GO =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral(" +0000 UTC")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private DocumentId() {}

  static String of(String container, Entry line) {
    String text =
        "|@timestamp|%s|__outside.id|%s|__outside.stream|%s|message|%s|"
            .formatted(GO.format(line.time()), container, line.stream(), line.message());
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
