package dev.platformkit.report;

import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The checks of a run as people think of them: by journey, then the platform's own. */
public final class VerifyGroups {
  /** The group of the platform's own checks. */
  public static final String PLATFORM = "platform";

  private static final Set<String> OF_JOURNEYS =
      Set.of(
          "journey/steps",
          "trace/complete",
          "logs/exact",
          "logs/found",
          "logs/absent",
          "metrics/rise");

  private VerifyGroups() {}

  /** Every group with its checks, the journeys in their order. */
  public static Map<String, List<Check>> of(Evidence evidence) {
    Map<String, List<Check>> groups = new LinkedHashMap<>();
    evidence.journeys().forEach(journey -> groups.put(journey.name(), new ArrayList<>()));
    groups.put(PLATFORM, new ArrayList<>());
    for (Check check : evidence.checks()) {
      String group = OF_JOURNEYS.contains(check.id()) ? check.subject() : PLATFORM;
      groups.computeIfAbsent(group, name -> new ArrayList<>()).add(check);
    }
    return groups;
  }
}
