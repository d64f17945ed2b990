package dev.platformkit.kit.selector;

/** The ways to select, by the names that configuration has for them. */
public enum Selection {
  RANDOM,
  ROUND_ROBIN;

  /** A new one; every channel has its own. */
  public Selector selector() {
    return switch (this) {
      case RANDOM -> new RandomSelector();
      case ROUND_ROBIN -> new RoundRobinSelector();
    };
  }
}
