package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** A volume of a platform, with the labels that Compose and we gave it. */
public record Volume(String name, Map<String, String> labels) {
  public Volume {
    requireNonNull(name, "name is null");
    labels = Map.copyOf(labels);
  }
}
