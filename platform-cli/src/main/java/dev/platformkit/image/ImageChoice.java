package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.project.ImageSource;

/**
 * Where a platform's images come from, and why.
 *
 * @param source {@link ImageSource#REGISTRY} or {@link ImageSource#LOCAL}
 * @param why in words that stand after a comma or in brackets
 */
public record ImageChoice(ImageSource source, String why) {
  public ImageChoice {
    requireNonNull(source, "source is null");
    requireNonNull(why, "why is null");
    if (source == ImageSource.AUTO) {
      throw new IllegalArgumentException("auto is no choice yet");
    }
  }

  /** Whether services that exist only as official images can take part. */
  public boolean official() {
    return source == ImageSource.REGISTRY;
  }

  /** The choice in words, for example {@code images built here (no image registry answers)}. */
  public String words() {
    return (official() ? "official images (" : "images built here (") + why + ")";
  }
}
