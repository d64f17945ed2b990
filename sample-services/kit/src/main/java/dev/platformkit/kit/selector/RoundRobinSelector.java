package dev.platformkit.kit.selector;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One instance after the other. It begins at any of them, so that many callers that start together
 * do not all begin with the same one.
 */
public final class RoundRobinSelector implements Selector {
  private final AtomicInteger turn;

  public RoundRobinSelector() {
    this(ThreadLocalRandom.current().nextInt());
  }

  RoundRobinSelector(int first) {
    turn = new AtomicInteger(first);
  }

  @Override
  public int select(int ready) {
    return Math.floorMod(turn.getAndIncrement(), ready);
  }
}
