package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A platform's {@code images.env}. Its head remembers the choice that was made, so that a platform
 * does not change its images because a registry answers one day and not the next:
 *
 * <pre>
 * # source: local -- no image registry answers
 * CONSUL_IMAGE=platform.local/consul:1.13.9-0123456789ab
 * </pre>
 *
 * @param choice the choice made before; empty when none was made
 */
record ImagesFile(Optional<ImageChoice> choice) {
  private static final Pattern SOURCE = Pattern.compile("(?m)^# source: (registry|local) -- (.+)$");

  ImagesFile {
    requireNonNull(choice, "choice is null");
  }

  static ImagesFile read(Path file) {
    if (!Files.isRegularFile(file)) {
      return new ImagesFile(Optional.empty());
    }
    try {
      Matcher source = SOURCE.matcher(Files.readString(file));
      return new ImagesFile(
          source.find()
              ? Optional.of(
                  new ImageChoice(
                      ImageSource.valueOf(source.group(1).toUpperCase(Locale.ROOT)),
                      source.group(2)))
              : Optional.empty());
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    }
  }

  static String text(ImageChoice choice, Map<String, String> images) {
    StringBuilder text =
        new StringBuilder("# Written by platform: which image each variable means here.\n");
    text.append("# source: ").append(choice.official() ? "registry" : "local");
    text.append(" -- ").append(choice.why()).append('\n');
    images.forEach((name, image) -> text.append(name).append('=').append(image).append('\n'));
    return text.toString();
  }
}
