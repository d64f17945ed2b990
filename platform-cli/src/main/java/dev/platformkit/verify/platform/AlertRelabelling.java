package dev.platformkit.verify.platform;

import dev.platformkit.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus drops of the alerts that its rules make, before it sends them: whole alerts, or
 * labels of theirs.
 *
 * <pre>
 * alerting:
 *   alert_relabel_configs:
 *     - { source_labels: [severity], regex: info, action: drop }
 * </pre>
 *
 * @param drops whether what matches is dropped; else what does not
 * @param ofLabels whether labels are dropped, by their names; else alerts
 */
record AlertRelabelling(
    List<String> labels, String separator, Pattern regex, boolean drops, boolean ofLabels) {
  AlertRelabelling {
    labels = List.copyOf(labels);
  }

  /** Every one of a configuration that may drop something. */
  static List<AlertRelabelling> read(Node configuration) {
    List<AlertRelabelling> all = new ArrayList<>();
    Optional<Node> alerting = configuration.asMapping().get("alerting");
    if (alerting.isEmpty()) {
      return all;
    }
    List<Node> configs = new ArrayList<>(configs(alerting.get()));
    items(alerting.get().asMapping().get("alertmanagers"))
        .forEach(alertmanager -> configs.addAll(configs(alertmanager)));
    for (Node node : configs) {
      Node.Mapping config = node.asMapping();
      String action = text(config, "action", "replace");
      if (action.matches("drop|keep|labeldrop|labelkeep")) {
        all.add(
            new AlertRelabelling(
                items(config.get("source_labels")).stream().map(Node::asText).toList(),
                text(config, "separator", ";"),
                Pattern.compile(text(config, "regex", "(.*)")),
                action.endsWith("drop"),
                action.startsWith("label")));
      }
    }
    return all;
  }

  /** Whether alerts of a rule may be dropped, as far as their labels are known. */
  boolean mayDrop(RuleAlert alert) {
    if (ofLabels) {
      return false;
    }
    if (!alert.labels().keySet().containsAll(labels)) {
      return true;
    }
    String joined = labels.stream().map(alert.labels()::get).collect(Collectors.joining(separator));
    return regex.matcher(joined).matches() == drops;
  }

  /** A label that a rule gives its alerts, and that they are sent without. */
  Optional<String> takesOff(RuleAlert alert) {
    return alert.labels().keySet().stream()
        .filter(label -> ofLabels && regex.matcher(label).matches() == drops)
        .sorted()
        .findFirst();
  }

  private static List<Node> configs(Node of) {
    return items(of.asMapping().get("alert_relabel_configs"));
  }

  private static List<Node> items(Optional<Node> list) {
    return list.map(node -> node.asSequence().items()).orElse(List.of());
  }

  private static String text(Node.Mapping mapping, String key, String otherwise) {
    return mapping.get(key).map(Node::asText).orElse(otherwise);
  }
}
