package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

/**
 * An alert that is made to be proven, from a metric that is pushed for one run.
 *
 * @param check the id of its check
 * @param alert the name of the rule's alert
 * @param metric what the rule looks at
 * @param run the value of the label {@code run}, which nobody else has
 * @param receiver by which it has to be delivered
 * @param endsToo whether its end has to be delivered as well
 */
record SyntheticAlert(
    String check, String alert, String metric, String run, String receiver, boolean endsToo) {
  static final String JOB = "platform-probe";
  static final String LABEL = "run";

  SyntheticAlert {
    requireNonNull(check, "check is null");
    requireNonNull(alert, "alert is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(run, "run is null");
    requireNonNull(receiver, "receiver is null");
  }

  /** The quick one, by a route of its own on which nothing waits, there and back. */
  static SyntheticAlert ofProbe(String nonce) {
    return new SyntheticAlert(
        "alerts/synthetic", "PlatformProbe", "platform_probe_alert", nonce, "platform-probe", true);
  }

  /**
   * The one that no route of ours catches: it goes where any alert goes that production has no
   * route for. Its end is told only after production's group interval, and not waited for.
   */
  static SyntheticAlert ofProduction(String nonce) {
    return new SyntheticAlert(
        "alerts/routed",
        "PlatformProbeRouted",
        "platform_probe_routed",
        nonce + "-routed",
        "alert-inbox",
        false);
  }

  String selector() {
    return metric + "{" + LABEL + "=\"" + run + "\"}";
  }
}
