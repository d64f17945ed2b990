package dev.platformkit.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigTest extends ConfigContract {
  private final AtomicInteger looks = new AtomicInteger();

  @TempDir private Path folder;

  @Override
  protected void write(Map<String, String> values) throws IOException {
    Path next =
        Files.writeString(
            folder.resolve("next"),
            values.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                .collect(Collectors.joining()));
    Files.move(next, file(), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  protected void loseSource() throws IOException {
    Files.delete(file());
    looks.set(0);
  }

  @Override
  protected boolean lossNoticed() {
    // The second look begins after the first has ended.
    return looks.get() >= 2;
  }

  @Override
  protected LiveConfig open() {
    return FileConfig.of(
        Optional.of(file()),
        Map.of(),
        file -> {
          looks.incrementAndGet();
          return Files.readString(file);
        });
  }

  @Test
  void variablesPrevail() throws IOException {
    write(Map.of("page-size", "10", "greeting", "hello"));

    try (LiveConfig config =
        FileConfig.of(Optional.of(file()), Map.of("SETTING_PAGE_SIZE", "40", "PATH", "/bin"))) {
      assertThat(config.current())
          .containsOnly(Map.entry("page-size", "40"), Map.entry("greeting", "hello"));
    }
  }

  @Test
  void variablesAreEnough() {
    try (LiveConfig config = FileConfig.of(Optional.empty(), Map.of("SETTING_A", "1"))) {
      assertThat(config.current()).containsOnly(Map.entry("a", "1"));
    }
  }

  private Path file() {
    return folder.resolve("cart.properties");
  }
}
