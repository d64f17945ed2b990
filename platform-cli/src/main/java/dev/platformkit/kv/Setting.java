package dev.platformkit.kv;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import dev.platformkit.source.Position;

/**
 * One key that has to have a value.
 *
 * @param position where it stands in its file
 * @param key the whole key
 * @param definition how its file defines it: a value, or a mapping with one
 */
public record Setting(Position position, String key, String value, Node definition) {
  public Setting {
    requireNonNull(position, "position is null");
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
    requireNonNull(definition, "definition is null");
  }
}
