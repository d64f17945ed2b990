package dev.platformkit.kv;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Nearest;
import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a definition demands of its value: a type, the least and the most, or one of a few. */
final class Limits {
  private static final List<String> TYPES = Arrays.stream(Type.values()).map(Type::word).toList();

  private final SourceFile source;
  private final List<Mistake> mistakes;

  Limits(SourceFile source, List<Mistake> mistakes) {
    this.source = requireNonNull(source, "source is null");
    this.mistakes = requireNonNull(mistakes, "mistakes is null");
  }

  /** Keeps what is wrong with a value, or with what is demanded of it. */
  void judge(Node.Mapping spec, Node.Scalar value) {
    Optional<Type> type =
        spec.get("type").map(this::type).orElseGet(() -> Optional.of(Type.of(value)));
    if (type.isEmpty()) {
      return;
    }
    if (!type.get().admits(value)) {
      wrong(value, "expected " + type.get().described() + ", found " + value.describe());
      return;
    }
    spec.get("about").filter(n -> !(n instanceof Node.Scalar)).ifPresent(n -> isNot(n, "text"));
    Optional<BigDecimal> min = bound(spec, "min", type.get());
    Optional<BigDecimal> max = bound(spec, "max", type.get());
    if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
      wrong(spec.require("min"), "min " + min.get() + " is more than max " + max.get());
      return;
    }
    min.filter(m -> new BigDecimal(value.text()).compareTo(m) < 0)
        .ifPresent(m -> wrong(value, value.text() + " is less than min " + m));
    max.filter(m -> new BigDecimal(value.text()).compareTo(m) > 0)
        .ifPresent(m -> wrong(value, value.text() + " is more than max " + m));
    spec.get("one_of").ifPresent(list -> oneOf(list, value, type.get()));
  }

  private Optional<Type> type(Node node) {
    Optional<Type> type =
        node instanceof Node.Scalar scalar ? Type.named(scalar.text()) : Optional.empty();
    if (type.isEmpty()) {
      isNot(node, "one of " + String.join(", ", TYPES));
    }
    return type;
  }

  private Optional<BigDecimal> bound(Node.Mapping spec, String key, Type type) {
    Optional<Node> node = spec.get(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!type.hasOrder()) {
      wrong(node.get(), key + " is for numbers, and the value is " + type.word());
      return Optional.empty();
    }
    if (node.get() instanceof Node.Scalar scalar && type.admits(scalar)) {
      return Optional.of(new BigDecimal(scalar.text()));
    }
    isNot(node.get(), type.described());
    return Optional.empty();
  }

  private void oneOf(Node node, Node.Scalar value, Type type) {
    if (!(node instanceof Node.Sequence list)) {
      isNot(node, "a list");
      return;
    }
    List<Node.Scalar> choices =
        list.items().stream()
            .filter(i -> i instanceof Node.Scalar s && type.admits(s))
            .map(Node.Scalar.class::cast)
            .toList();
    list.items().stream()
        .filter(item -> !choices.contains(item))
        .forEach(item -> isNot(item, type.described()));
    List<String> texts = choices.stream().map(Node.Scalar::text).toList();
    if (choices.size() == list.items().size() && !texts.contains(value.text())) {
      mistakes.add(
          new Mistake(
              source.spot(value),
              "%s is none of %s".formatted(value.describe(), String.join(", ", texts)),
              Nearest.of(value.text(), texts)));
    }
  }

  private void isNot(Node node, String expected) {
    wrong(node, "expected " + expected + ", found " + node.describe());
  }

  private void wrong(Node node, String message) {
    mistakes.add(new Mistake(source.spot(node), message));
  }
}
