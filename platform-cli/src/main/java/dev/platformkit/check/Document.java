package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;

/** One YAML document or JSON file, and whose configuration it is. */
public record Document(SourceFile source, Kind kind, Node root) {
  public Document {
    requireNonNull(source, "source is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(root, "root is null");
  }
}
