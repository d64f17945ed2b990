package dev.platformkit.kit.config;

import dev.platformkit.kit.Stopping;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configuration without a server: a file of {@code key=value} lines that is read again every
 * second, and environment variables, {@code SETTING_PAGE_SIZE} for {@code page-size}, which prevail
 * and last as long as the process.
 */
public final class FileConfig {
  private static final Logger log = LoggerFactory.getLogger(FileConfig.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final String PREFIX = "SETTING_";

  private final Path file;
  private final Map<String, String> fixed;
  private final Read read;
  private final Stopping stopping = new Stopping();
  private final KnownValues known;
  private boolean readable = true;

  private FileConfig(Path file, Map<String, String> fixed, Read read) {
    this.file = file;
    this.read = read;
    this.fixed = fixed;
    known = new KnownValues(fixed, stopping::now);
  }

  /** Reads a file. */
  interface Read {
    String of(Path file) throws IOException;
  }

  /** Follows the file, if there is one; it may come later, and what it said stays when it goes. */
  public static LiveConfig of(Optional<Path> file, Map<String, String> variables) {
    return of(file, variables, Files::readString);
  }

  static LiveConfig of(Optional<Path> file, Map<String, String> variables, Read read) {
    Map<String, String> fixed = fixed(variables);
    if (file.isEmpty()) {
      return new KnownValues(fixed);
    }
    FileConfig config = new FileConfig(file.get(), fixed, read);
    // Before the service is set up, so that it starts with what is written.
    config.look();
    Thread thread = new Thread(config::follow, "watch-" + file.get().getFileName());
    thread.setDaemon(true);
    thread.start();
    return config.known;
  }

  private void follow() {
    while (!stopping.within(LOOK_EVERY)) {
      look();
    }
  }

  private void look() {
    try {
      Properties lines = new Properties();
      lines.load(new StringReader(read.of(file)));
      Map<String, String> values = new HashMap<>();
      lines.stringPropertyNames().forEach(key -> values.put(key, lines.getProperty(key)));
      values.putAll(fixed);
      readable = true;
      known.are(values);
    } catch (IOException | IllegalArgumentException e) {
      if (readable) {
        log.warn("configuration cannot be read, trying on: {}", e.toString());
      }
      readable = false;
    }
  }

  private static Map<String, String> fixed(Map<String, String> variables) {
    Map<String, String> fixed = new HashMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            fixed.put(
                name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-'), value);
          }
        });
    return fixed;
  }
}
