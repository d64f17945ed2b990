package dev.platformkit.kit.limit;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A leaky bucket for each caller, so that nobody waits because of another. Buckets that are idle
 * again are forgotten as others come, which nobody notices. There are never more than a given
 * number: beyond that the one goes that was least lately asked for, whose caller then begins anew.
 */
final class Callers {
  /** Enough for all who are served within some seconds; a megabyte or two. */
  static final int MOST = 10_000;

  /** More than come in at a time, so that their number falls again. */
  private static final int FORGOTTEN_AT_A_TIME = 2;

  private final Rate rate;
  private final int most;
  private final Map<String, LeakyBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  Callers(Rate rate, int most) {
    this.rate = rate;
    this.most = most;
  }

  /** A turn of this caller; see {@link LeakyBucket#take}. */
  synchronized Turn take(String caller, long now, Duration patience) {
    LeakyBucket bucket = buckets.get(caller);
    if (bucket == null) {
      makeRoom(now);
      bucket = new LeakyBucket(rate, now);
      buckets.put(caller, bucket);
    }
    return bucket.take(now, patience);
  }

  synchronized int remembered() {
    return buckets.size();
  }

  private void makeRoom(long now) {
    Iterator<LeakyBucket> leastLately = buckets.values().iterator();
    for (int i = 0; i < FORGOTTEN_AT_A_TIME && leastLately.hasNext(); i++) {
      if (!leastLately.next().idle(now) && buckets.size() < most) {
        return;
      }
      leastLately.remove();
    }
  }
}
