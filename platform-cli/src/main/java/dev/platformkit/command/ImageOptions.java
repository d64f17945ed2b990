package dev.platformkit.command;

import dev.platformkit.project.ImageSource;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where images come from, on every command that may have to decide it. */
final class ImageOptions {
  @Option(
      names = "--images",
      paramLabel = "SOURCE",
      description =
          "Where images come from: auto, registry or local (built here). A platform that has"
              + " decided stays with it.")
  private ImageSource source;

  @Option(
      names = "--keep-data",
      description = "With --images: change the source although the platform has data already.")
  private boolean keepData;

  /** The source named in the command. */
  Optional<ImageSource> source() {
    return Optional.ofNullable(source);
  }

  /** Whether another source over existing volumes is meant. */
  boolean keepData() {
    return keepData;
  }
}
