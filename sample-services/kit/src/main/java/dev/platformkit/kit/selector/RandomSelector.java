package dev.platformkit.kit.selector;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Any instance, each as likely as the others and whatever was chosen before. Callers that know
 * nothing of each other spread their calls so without falling into step.
 */
public final class RandomSelector implements Selector {
  @Override
  public int select(int ready) {
    return ThreadLocalRandom.current().nextInt(ready);
  }
}
