package dev.platformkit.verify.platform;

import dev.platformkit.source.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where what a server has loaded says other than what a file says. A server shows its configuration
 * with every default filled in, so keys that only it has are no difference, unless they hold a list
 * that the file does not have: a route, a receiver, a rule of relabelling.
 */
final class Divergence {
  /** Servers do not show these, whatever they are. */
  private static final String HIDDEN = "<secret>";

  /** Lists that servers fill in by themselves. */
  private static final Set<String> DEFAULTS = Set.of("scrape_protocols");

  private Divergence() {}

  /** The first difference, with its place in the file; empty where there is none. */
  static Optional<String> of(Node file, Node loaded) {
    if (file instanceof Node.Mapping mapping) {
      return loaded instanceof Node.Mapping other
          ? of(mapping, other)
          : Optional.of(said(file, loaded));
    }
    if (file instanceof Node.Sequence list) {
      return loaded instanceof Node.Sequence other
          ? of(list, other)
          : Optional.of(said(file, loaded));
    }
    return loaded instanceof Node.Scalar && isSame(file.asText(), loaded.asText())
        ? Optional.empty()
        : Optional.of(said(file, loaded));
  }

  private static Optional<String> of(Node.Mapping file, Node.Mapping loaded) {
    for (Node.Mapping.Entry entry : file.entries()) {
      Optional<Node> other = loaded.get(entry.key());
      if (other.isEmpty()) {
        if (file.get(entry.key()).isPresent() && !isNothing(entry.value())) {
          return Optional.of("%s  %s is not loaded".formatted(entry.position(), entry.key()));
        }
        continue;
      }
      Optional<String> difference = of(entry.value(), other.get());
      if (difference.isPresent()) {
        return difference;
      }
    }
    return loaded.entries().stream()
        .filter(entry -> file.entry(entry.key()).isEmpty() && !DEFAULTS.contains(entry.key()))
        .filter(entry -> entry.value() instanceof Node.Sequence list && !list.items().isEmpty())
        .map(
            entry -> "%s  %s is loaded and not in the file".formatted(file.position(), entry.key()))
        .findFirst();
  }

  private static Optional<String> of(Node.Sequence file, Node.Sequence loaded) {
    List<Node> items = file.items();
    if (items.size() != loaded.items().size()) {
      return Optional.of(
          "%s  %d items are loaded, the file has %d"
              .formatted(file.position(), loaded.items().size(), items.size()));
    }
    for (int i = 0; i < items.size(); i++) {
      Optional<String> difference = of(items.get(i), loaded.items().get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static String said(Node file, Node loaded) {
    return "%s  the file says %s, loaded is %s"
        .formatted(file.position(), file.describe(), loaded.describe());
  }

  /** A default that servers leave out when they show what they loaded. */
  private static boolean isNothing(Node value) {
    if (value instanceof Node.Sequence list) {
      return list.items().isEmpty();
    }
    if (value instanceof Node.Mapping mapping) {
      return mapping.entries().isEmpty();
    }
    return Set.of("", "false", "0", "0s").contains(value.asText());
  }

  private static boolean isSame(String file, String loaded) {
    if (loaded.equals(HIDDEN) || withoutSpace(file).equals(withoutSpace(loaded))) {
      return true;
    }
    Optional<Duration> duration = PrometheusDuration.of(file);
    return duration.isPresent() && duration.equals(PrometheusDuration.of(loaded));
  }

  /** Servers write matchers with spaces of their own. */
  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }
}
