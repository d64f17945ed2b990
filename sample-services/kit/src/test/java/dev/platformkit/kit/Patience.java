package dev.platformkit.kit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Tests wait for conditions, and long: the machine may have other things to do. */
public final class Patience {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private Patience() {}

  public static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }
}
