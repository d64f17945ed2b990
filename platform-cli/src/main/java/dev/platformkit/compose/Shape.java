package dev.platformkit.compose;

import dev.platformkit.source.Node;
import java.util.List;
import java.util.Optional;

/** Reads values that may have any shape: what is not of the shape asked for is not there. */
public final class Shape {
  private Shape() {}

  public static Optional<Node.Mapping> mapping(Node node) {
    return node instanceof Node.Mapping mapping ? Optional.of(mapping) : Optional.empty();
  }

  public static Optional<Node.Scalar> scalar(Node node) {
    return node instanceof Node.Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar)
        : Optional.empty();
  }

  public static List<Node> items(Node node) {
    return node instanceof Node.Sequence sequence ? sequence.items() : List.of();
  }

  public static List<Node.Mapping.Entry> entries(Node node) {
    return node instanceof Node.Mapping mapping ? mapping.entries() : List.of();
  }

  /** The value at a path of keys. */
  public static Optional<Node> at(Node node, String... keys) {
    Optional<Node> value = Optional.of(node);
    for (String key : keys) {
      value = value.flatMap(Shape::mapping).flatMap(mapping -> mapping.get(key));
    }
    return value;
  }

  /** The items of the list at a path of keys. */
  public static List<Node> itemsAt(Node node, String... keys) {
    return at(node, keys).map(Shape::items).orElse(List.of());
  }

  /** The entries of the mapping at a path of keys. */
  public static List<Node.Mapping.Entry> entriesAt(Node node, String... keys) {
    return at(node, keys).map(Shape::entries).orElse(List.of());
  }

  /** The text at a path of keys. */
  public static Optional<Node.Scalar> scalarAt(Node node, String... keys) {
    return at(node, keys).flatMap(Shape::scalar);
  }
}
