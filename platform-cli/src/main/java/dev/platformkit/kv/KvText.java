package dev.platformkit.kv;

import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The text of a file. What an earlier file demanded of a key stays demanded of it where its new
 * value allows that.
 */
final class KvText {
  private static final String HEAD = ", written by platform kv export.\nkeys:\n";
  private static final Position NOWHERE = new Position("", 1, 1);

  private KvText() {}

  /**
   * Writes a file.
   *
   * @param values by whole key
   */
  static String of(String service, SortedMap<String, String> values, Optional<KvFile> earlier) {
    StringBuilder text = new StringBuilder();
    text.append("# What Consul held under ").append(Keys.of(service, "")).append(HEAD);
    values.forEach(
        (key, value) -> {
          String name = key.substring(Keys.of(service, "").length());
          String definition =
              earlier.flatMap(file -> specified(file, key, value)).orElseGet(() -> plain(value));
          text.append("  ").append(name).append(": ").append(definition).append('\n');
        });
    return text.toString();
  }

  /** A value with what an earlier file demands of its key; empty where it demands otherwise. */
  private static Optional<String> specified(KvFile file, String key, String value) {
    return file.settings().stream()
        .filter(setting -> setting.key().equals(key))
        .map(Setting::definition)
        .filter(Node.Mapping.class::isInstance)
        .map(spec -> flow((Node.Mapping) spec, value))
        .filter(KvText::isRight)
        .findFirst();
  }

  private static boolean isRight(String definition) {
    SourceFile source = SourceFile.of(Path.of("probe.yaml"), "", "");
    Node root = YamlReader.parse("keys:\n  probe: " + definition + "\n", "");
    return KvFile.of(source, root).mistakes().isEmpty();
  }

  /** A value in the shortest way in which it is read back as it was. */
  private static String plain(String value) {
    Node.Scalar scalar = new Node.Scalar(NOWHERE, value, true);
    boolean bare = Type.of(scalar) != Type.TEXT || value.matches("[A-Za-z][A-Za-z0-9_-]*");
    return bare && !scalar.isNull() ? value : quoted(value);
  }

  private static String flow(Node.Mapping spec, String value) {
    boolean quote =
        spec.get("type").filter(type -> type.asText().equals(Type.TEXT.word())).isPresent()
            || !((Node.Scalar) spec.entry("value").orElseThrow().value()).plain();
    List<String> parts = new ArrayList<>();
    for (Node.Mapping.Entry entry : spec.entries()) {
      if (entry.key().equals("value")) {
        parts.add("value: " + (quote ? quoted(value) : plain(value)));
      } else if (entry.value() instanceof Node.Sequence list) {
        List<String> items = list.items().stream().map(KvText::scalar).toList();
        parts.add(entry.key() + ": [" + String.join(", ", items) + "]");
      } else if (KvFile.SPEC.contains(entry.key())) {
        parts.add(entry.key() + ": " + scalar(entry.value()));
      }
    }
    return "{ " + String.join(", ", parts) + " }";
  }

  private static String scalar(Node node) {
    Node.Scalar scalar = (Node.Scalar) node;
    return scalar.plain() ? plain(scalar.text()) : quoted(scalar.text());
  }

  /** Text in double quotes, with everything escaped that YAML does not take as it stands. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (printable(c)) {
                    quoted.appendCodePoint(c);
                  } else {
                    quoted.append(c > 0xffff ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean printable(int c) {
    boolean latin = c >= 0x20 && c < 0x7f;
    boolean plane = c >= 0xa0 && c < 0xfffe && (c < 0xd800 || c >= 0xe000);
    boolean beyond = c >= 0x10000 && (c & 0xfffe) != 0xfffe;
    boolean unseen = c == 0x2028 || c == 0x2029 || c == 0xfeff; // ends a line, or shows as nothing
    return (latin || plane || beyond) && !unseen;
  }
}
