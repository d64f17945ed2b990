package dev.platformkit.kit.broker;

/** The brokers there are, by the names that configuration has for them. */
public enum BrokerKind {
  NATS("nats"),
  JETSTREAM("nats"),
  IN_PROCESS("in_process");

  private final String system;

  BrokerKind(String system) {
    this.system = system;
  }

  /** What spans call it. */
  public String system() {
    return system;
  }
}
