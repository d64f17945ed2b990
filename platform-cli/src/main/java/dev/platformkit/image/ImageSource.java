package dev.platformkit.image;

/** Where the images of a platform come from. */
public enum ImageSource {
  /** Official images where a registry answers, else built here; decided once per platform. */
  AUTO,
  /** Official images only. */
  REGISTRY,
  /** Built here only. */
  LOCAL
}
