package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Alertmanager.Matcher;
import dev.platformkit.backend.RuleGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The alerts of a rule as far as they are known before there are any: the labels that the rule
 * gives them. Others come from the series, and a template's value from what fires it.
 */
record RuleAlert(String name, Map<String, String> labels) {
  private static final String TEMPLATE = "{{";

  /** Whether a condition on labels holds. */
  enum Match {
    NO,
    MAYBE,
    YES
  }

  RuleAlert {
    requireNonNull(name, "name is null");
    labels = Map.copyOf(labels);
  }

  /** Those of every loaded rule that makes alerts. */
  static List<RuleAlert> all(List<RuleGroup> loaded) {
    return loaded.stream()
        .flatMap(group -> group.rules().stream())
        .filter(RuleGroup.Rule::alerting)
        .map(rule -> new RuleAlert(rule.name(), known(rule)))
        .toList();
  }

  private static Map<String, String> known(RuleGroup.Rule rule) {
    Map<String, String> known = new HashMap<>(rule.labels());
    known.values().removeIf(value -> value.contains(TEMPLATE));
    known.put("alertname", rule.name());
    return known;
  }

  /** Whether all of these hold. */
  Match match(List<Matcher> matchers) {
    Match all = Match.YES;
    for (Matcher matcher : matchers) {
      String value = labels.get(matcher.label());
      if (value == null) {
        all = Match.MAYBE;
      } else if (!matcher.matches(value)) {
        return Match.NO;
      }
    }
    return all;
  }
}
