package dev.platformkit.kit.broker;

import java.util.Locale;

/** The brokers there are, by the names that configuration has for them. */
public enum BrokerKind {
  NATS,
  IN_PROCESS;

  /** What spans call it. */
  public String system() {
    return name().toLowerCase(Locale.ROOT);
  }
}
