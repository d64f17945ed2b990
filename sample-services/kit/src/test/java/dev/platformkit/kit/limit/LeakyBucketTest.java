package dev.platformkit.kit.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of a leaky bucket whenever calls come, and does not hold of a token bucket. */
class LeakyBucketTest {
  private static final Duration PATIENT = Duration.ofNanos(Long.MAX_VALUE);

  @Property
  void neverMoreThanOneComesOutPerInterval(@ForAll("traffic") Traffic traffic) {
    assertSpaced(traffic, traffic.through(leaky(traffic)));
  }

  @Property
  void aTokenBucketWouldNotDo(@ForAll("traffic") Traffic traffic) {
    Traffic sudden = traffic.withThreeAtOnce();

    assertSpaced(sudden, sudden.through(leaky(sudden)));
    assertThatThrownBy(
            () -> assertSpaced(sudden, sudden.through(new TokenBucket(sudden.rate(), 3))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("between one and the next");
  }

  @Property
  void whoComesFirstComesOutFirst(@ForAll("traffic") Traffic traffic) {
    assertThat(traffic.through(leaky(traffic))).isSorted().doesNotHaveDuplicates();
  }

  @Property
  void noMoreWaitThanTheQueueHolds(@ForAll("traffic") Traffic traffic) {
    LeakyBucket bucket = bucket(traffic);
    List<Long> turns = new ArrayList<>();

    for (long now : traffic.arrivals()) {
      Turn turn = bucket.take(now, PATIENT);
      if (turn.granted()) {
        turns.add(turn.at());
      }
      assertThat(turns.stream().filter(at -> at > now).count())
          .isLessThanOrEqualTo(traffic.rate().queue());
    }
  }

  @Property
  void nobodyIsTurnedAwayOrDelayedWithoutNeed(@ForAll("traffic") Traffic traffic) {
    LeakyBucket bucket = bucket(traffic);
    long interval = traffic.rate().interval().toNanos();
    long last = traffic.arrivals().get(0) - interval;

    for (long now : traffic.arrivals()) {
      long first = Math.max(now, last + interval);
      Turn turn = bucket.take(now, PATIENT);
      assertThat(turn.granted()).isEqualTo(first - now <= interval * traffic.rate().queue());
      if (turn.granted()) {
        assertThat(turn.at()).isEqualTo(first);
        last = first;
      }
    }
  }

  @Property
  void whoIsTurnedAwayIsToldTheEarliestMomentToComeAgain(@ForAll("traffic") Traffic traffic) {
    LeakyBucket bucket = bucket(traffic);

    for (long now : traffic.arrivals()) {
      Turn turn = bucket.take(now, PATIENT);
      if (!turn.granted()) {
        long again = now + turn.in().toNanos();
        assertThat(bucket.take(again - 1, PATIENT).granted()).isFalse();
        assertThat(bucket.take(again, PATIENT).granted()).isTrue();
        return;
      }
    }
  }

  @Property
  void whoIsTurnedAwayCostsNobodyATurn(@ForAll("traffic") Traffic traffic) {
    LeakyBucket bucket = bucket(traffic);
    LeakyBucket undisturbed = bucket(traffic);

    for (long now : traffic.arrivals()) {
      Turn turn = bucket.take(now, PATIENT);
      if (turn.granted()) {
        assertThat(undisturbed.take(now, PATIENT)).isEqualTo(turn);
      }
    }
  }

  @Example
  void whoCannotWaitThatLongIsTurnedAway() {
    LeakyBucket bucket = new LeakyBucket(new Rate(Duration.ofNanos(100), 5), 0);
    bucket.take(0, PATIENT);

    assertThat(bucket.take(0, Duration.ofNanos(99)))
        .isEqualTo(new Turn(false, 100, Duration.ofNanos(1)));
    assertThat(bucket.take(0, Duration.ofNanos(100)))
        .isEqualTo(new Turn(true, 100, Duration.ofNanos(100)));
  }

  @Example
  void theClockMayOverflow() {
    long now = Long.MAX_VALUE - 50;
    LeakyBucket bucket = new LeakyBucket(new Rate(Duration.ofNanos(100), 5), now);
    bucket.take(now, PATIENT);

    assertThat(bucket.idle(now)).isFalse();
    assertThat(bucket.take(now, PATIENT).in()).hasNanos(100);
    assertThat(bucket.take(now + 10, PATIENT).in()).hasNanos(190);
    assertThat(bucket.idle(now + 300)).isTrue();
  }

  @Provide
  Arbitrary<Traffic> traffic() {
    Arbitrary<Rate> rates =
        Combinators.combine(
                Arbitraries.longs().between(1, 1_000_000_000), Arbitraries.integers().between(0, 8))
            .as((interval, queue) -> new Rate(Duration.ofNanos(interval), queue));
    // Suddenly, in step, or now and then.
    Arbitrary<Double> intervals =
        Arbitraries.oneOf(
            Arbitraries.just(0.0),
            Arbitraries.just(1.0),
            Arbitraries.doubles().between(0, 0.5),
            Arbitraries.doubles().between(0, 4));
    return Combinators.combine(
            rates,
            Arbitraries.longs().between(-1_000_000_000_000L, 1_000_000_000_000L),
            intervals.list().ofMinSize(1).ofMaxSize(60))
        .as(Traffic::of);
  }

  private static void assertSpaced(Traffic traffic, List<Long> out) {
    for (int i = 1; i < out.size(); i++) {
      assertThat(out.get(i) - out.get(i - 1))
          .as("between one and the next")
          .isGreaterThanOrEqualTo(traffic.rate().interval().toNanos());
    }
  }

  private static LeakyBucket bucket(Traffic traffic) {
    return new LeakyBucket(traffic.rate(), traffic.arrivals().get(0));
  }

  private static Shaper leaky(Traffic traffic) {
    LeakyBucket bucket = bucket(traffic);
    return now -> {
      Turn turn = bucket.take(now, PATIENT);
      return turn.granted() ? OptionalLong.of(turn.at()) : OptionalLong.empty();
    };
  }

  /** When a call comes out that comes in now, if it does. */
  private interface Shaper {
    OptionalLong out(long now);
  }

  /** Calls that come at these moments, one after the other or together. */
  record Traffic(Rate rate, List<Long> arrivals) {
    static Traffic of(Rate rate, long start, List<Double> intervals) {
      List<Long> arrivals = new ArrayList<>(List.of(start));
      intervals.forEach(
          each ->
              arrivals.add(
                  arrivals.get(arrivals.size() - 1) + (long) (each * rate.interval().toNanos())));
      return new Traffic(rate, arrivals);
    }

    /** The same, and after a pause three at one moment. */
    Traffic withThreeAtOnce() {
      long later = arrivals.get(arrivals.size() - 1) + 20 * rate.interval().toNanos();
      return new Traffic(
          rate, Stream.concat(arrivals.stream(), Stream.of(later, later, later)).toList());
    }

    List<Long> through(Shaper shaper) {
      return arrivals.stream().map(shaper::out).flatMap(out -> out.stream().boxed()).toList();
    }
  }

  /**
   * What a leaky bucket is often taken for: it saves what was not used, and lets it out at once.
   */
  private static final class TokenBucket implements Shaper {
    private final double interval;
    private final int most;
    private double tokens;
    private OptionalLong last = OptionalLong.empty();

    TokenBucket(Rate rate, int most) {
      interval = rate.interval().toNanos();
      this.most = most;
      tokens = most;
    }

    @Override
    public OptionalLong out(long now) {
      tokens = Math.min(most, tokens + (now - last.orElse(now)) / interval);
      last = OptionalLong.of(now);
      if (tokens < 1) {
        return OptionalLong.empty();
      }
      tokens--;
      return OptionalLong.of(now);
    }
  }
}
