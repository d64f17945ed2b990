package dev.platformkit.kv;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Nearest;
import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one service as they have to be, {@code kv/<service>.yaml}:
 *
 * <pre>
 * summary: How the catalogue is shown        # optional
 * keys:
 *   welcome: Hello                           # config/category/welcome
 *   page-size: { value: 20, type: int, min: 1, max: 100, about: products on a page }
 *   log-level: { value: info, one_of: [debug, info, warn, error] }
 * </pre>
 *
 * The type is {@code text}, {@code int}, {@code number} or {@code boolean}; where it is not named,
 * the value says it. All mistakes are kept, so that they can be told at once.
 *
 * @param settings the keys with which nothing is wrong
 */
public record KvFile(String service, List<Setting> settings, List<Mistake> mistakes) {
  static final List<String> SPEC = List.of("value", "type", "min", "max", "one_of", "about");

  private static final List<String> KEYS = List.of("summary", "keys");

  public KvFile {
    requireNonNull(service, "service is null");
    settings = List.copyOf(settings);
    mistakes = List.copyOf(mistakes);
  }

  /** Reads a file whose name is that of its service. */
  public static KvFile of(SourceFile source, Node root) {
    String name = String.valueOf(source.path().getFileName());
    String service = name.substring(0, name.lastIndexOf('.'));
    return new Reading(source, service).of(root);
  }

  private static final class Reading {
    private final SourceFile source;
    private final String service;
    private final List<Setting> settings = new ArrayList<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    Reading(SourceFile source, String service) {
      this.source = source;
      this.service = service;
    }

    KvFile of(Node root) {
      Keys.wrongService(service)
          .ifPresent(why -> wrong(source.start(), "\"" + service + "\" " + why));
      if (root instanceof Node.Mapping map) {
        onlyKnown(map, KEYS);
        Optional<Node.Mapping.Entry> keys = map.entry("keys");
        if (keys.isEmpty()) {
          wrong(source.start(), "the key \"keys\" is missing");
        } else if (keys.get().value() instanceof Node.Mapping settingsMap) {
          settingsMap.entries().forEach(this::setting);
        } else {
          wrong(keys.get().value(), "expected a mapping, found " + keys.get().value().describe());
        }
      } else {
        wrong(root, "expected a mapping, found " + root.describe());
      }
      return new KvFile(service, settings, mistakes);
    }

    private void setting(Node.Mapping.Entry entry) {
      int before = mistakes.size();
      Keys.wrongName(entry.key())
          .ifPresent(why -> wrong(source.spot(entry), "\"" + entry.key() + "\" " + why));
      Optional<Node.Scalar> value =
          entry.value() instanceof Node.Mapping spec ? specified(entry, spec) : scalar(entry);
      value
          .flatMap(v -> Keys.tooLarge(v.text()))
          .ifPresent(why -> wrong(source.spot(entry), "\"" + entry.key() + "\" " + why));
      if (value.isPresent() && mistakes.size() == before) {
        String key = Keys.of(service, entry.key());
        settings.add(new Setting(entry.position(), key, value.get().text(), entry.value()));
      }
    }

    private Optional<Node.Scalar> specified(Node.Mapping.Entry entry, Node.Mapping spec) {
      onlyKnown(spec, SPEC);
      Optional<Node.Mapping.Entry> value = spec.entry("value");
      if (value.isEmpty()) {
        wrong(source.spot(entry), "\"" + entry.key() + "\" has no value");
        return Optional.empty();
      }
      Optional<Node.Scalar> scalar = scalar(value.get());
      scalar.ifPresent(s -> new Limits(source, mistakes).judge(spec, s));
      return scalar;
    }

    private Optional<Node.Scalar> scalar(Node.Mapping.Entry entry) {
      if (entry.value() instanceof Node.Scalar scalar && !scalar.isNull()) {
        return Optional.of(scalar);
      }
      Spot spot = source.spot(entry);
      wrong(spot, "expected a value, found " + entry.value().describe() + "; empty text is \"\"");
      return Optional.empty();
    }

    private void onlyKnown(Node.Mapping map, List<String> known) {
      for (Node.Mapping.Entry entry : map.entries()) {
        if (!known.contains(entry.key()) && !entry.key().startsWith("x-")) {
          mistakes.add(
              new Mistake(
                  source.spot(entry),
                  "unknown key \"%s\"; known here: %s"
                      .formatted(entry.key(), String.join(", ", known)),
                  Nearest.of(entry.key(), known)));
        }
      }
    }

    private void wrong(Node node, String message) {
      wrong(source.spot(node), message);
    }

    private void wrong(Spot spot, String message) {
      mistakes.add(new Mistake(spot, message));
    }
  }
}
