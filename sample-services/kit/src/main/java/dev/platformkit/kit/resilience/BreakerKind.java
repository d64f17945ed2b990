package dev.platformkit.kit.resilience;

/** Whether services that fail are left alone for a while. */
public enum BreakerKind {
  ON,
  OFF
}
