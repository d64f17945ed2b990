package dev.platformkit.kit.selector;

/** Chooses which of a service's instances takes the next call. Used by many threads at a time. */
public interface Selector {
  /**
   * One of {@code 0 … ready - 1}.
   *
   * @param ready how many instances can take a call just now, at least one
   */
  int select(int ready);
}
