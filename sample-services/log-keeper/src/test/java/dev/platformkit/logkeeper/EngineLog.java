package dev.platformkit.logkeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/** Writes log files as the engine does. */
final class EngineLog {
  static final Instant START = Instant.parse("2026-01-31T12:00:00.000000001Z");

  private EngineLog() {}

  /** An entry of a container of the platform demo, written so many seconds after the start. */
  static String entry(String line, int second) {
    return "{\"log\":\"%s\",\"stream\":\"stdout\",\"attrs\":{\"tag\":\"demo/cart/demo-cart-1\"},\"time\":\"%s\"}\n"
        .formatted(line, START.plusSeconds(second));
  }

  /** So many lines, one a second: {@code line 0} and so on. */
  static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(entry("line " + i + "\\n", i));
    }
    return lines.toString();
  }

  static Path append(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Entry parse(String text) {
    byte[] bytes = text.strip().getBytes(UTF_8);
    Optional<Entry> entry = Entry.parse(bytes, 0, bytes.length, 0);
    return entry.orElseThrow();
  }
}
