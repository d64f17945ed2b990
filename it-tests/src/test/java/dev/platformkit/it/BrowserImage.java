package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The image of {@link Browser}, built from the distribution's Chromium where it is missing. */
final class BrowserImage {
  private static final Path PROJECT = Cli.ROOT.resolve("it-tests/target/browser");

  private BrowserImage() {}

  /** The image's name, which holds the hash of its recipe. */
  static String built() {
    assemble();
    Cli cli = Cli.in(PROJECT);
    Cli.Result build = cli.run("images", "build", "browser", "--yes");
    assertThat(build.exit()).as(build.toString()).isZero();
    for (JsonNode image : cli.run("images", "-o", "json").json().path("images")) {
      if (image.path("component").asText().equals("browser")) {
        return image.path("image").asText();
      }
    }
    throw new AssertionError("no image of the browser");
  }

  /** Its project is that of it-tests/browser, on the repository's own base. */
  private static void assemble() {
    copy(Cli.ROOT.resolve("it-tests/browser"), PROJECT);
    copy(Cli.ROOT.resolve("stacks/images/base"), PROJECT.resolve("stacks/images/base"));
    try {
      List<String> base =
          Files.readAllLines(Cli.ROOT.resolve("stacks/images.local.env")).stream()
              .filter(line -> line.startsWith("BASE_IMAGE="))
              .toList();
      Path file = PROJECT.resolve("stacks/images.local.env");
      Files.write(file, Stream.concat(Files.readAllLines(file).stream(), base.stream()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(
            file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
