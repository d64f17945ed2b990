package dev.platformkit.check;

import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.Shape;
import dev.platformkit.source.Node;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whose configuration a file is: told by its name where the tool insists on one, else by its keys.
 */
public enum Kind {
  /** A Compose file or a part of one. */
  COMPOSE,
  /** Prometheus's own configuration. */
  PROMETHEUS,
  /** Rules for Prometheus. */
  RULES,
  /** promtool's tests of rules. */
  RULE_TEST,
  /** Filebeat's or another Beat's configuration. */
  BEATS,
  /** Anything else. */
  OTHER;

  private static final Pattern COMPOSE_NAME =
      Pattern.compile("((docker-)?compose[.-].*|variant\\..*|with\\..*)\\.ya?ml");
  private static final List<String> BEATS_PREFIXES =
      List.of("filebeat", "metricbeat", "heartbeat", "auditbeat", "packetbeat", "winlogbeat");

  static Kind of(String fileName, Node root) {
    if (ComposeFile.isBaseName(fileName) || COMPOSE_NAME.matcher(fileName).matches()) {
      return COMPOSE;
    }
    if (!(root instanceof Node.Mapping mapping)) {
      return OTHER;
    }
    if (mapping.get("tests").isPresent() && mapping.get("rule_files").isPresent()) {
      return RULE_TEST;
    }
    if (mapping.get("scrape_configs").isPresent() || mapping.get("rule_files").isPresent()) {
      return PROMETHEUS;
    }
    if (Shape.itemsAt(root, "groups").stream().anyMatch(g -> Shape.at(g, "rules").isPresent())) {
      return RULES;
    }
    if (mapping.entries().stream().anyMatch(entry -> isOfABeat(entry.key()))) {
      return BEATS;
    }
    return hasServices(mapping) ? COMPOSE : OTHER;
  }

  private static boolean isOfABeat(String key) {
    return BEATS_PREFIXES.stream().anyMatch(beat -> key.equals(beat) || key.startsWith(beat + "."));
  }

  private static boolean hasServices(Node.Mapping root) {
    return Shape.entriesAt(root, "services").stream()
        .anyMatch(
            service ->
                Shape.at(service.value(), "image").isPresent()
                    || Shape.at(service.value(), "build").isPresent());
  }
}
