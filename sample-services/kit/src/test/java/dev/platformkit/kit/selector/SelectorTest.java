package dev.platformkit.kit.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of selectors for any number of instances, by exact count or by statistics. */
class SelectorTest {
  private static final int EACH = 2000;

  /** A sound selector fails by mere chance once in a thousand million times. */
  private static final double LN_OF_CHANCE = Math.log(1e9);

  @ParameterizedTest
  @EnumSource(Selection.class)
  void onlyInstancesThatExistAreSelectedAlsoWhileTheyComeAndGo(Selection selection) {
    Selector selector = selection.selector();

    for (int i = 0; i < 10_000; i++) {
      int ready = 1 + i % 17;
      assertThat(selector.select(ready)).isBetween(0, ready - 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Selection.class)
  void theCallsOfManyThreadsAreSpreadEvenly(Selection selection) {
    int instances = 3;
    Selector selector = selection.selector();
    AtomicIntegerArray counts = new AtomicIntegerArray(instances);

    CompletableFuture.allOf(
            IntStream.range(0, 4)
                .mapToObj(
                    thread ->
                        CompletableFuture.runAsync(
                            () ->
                                IntStream.range(0, EACH * instances)
                                    .forEach(
                                        i -> counts.incrementAndGet(selector.select(instances)))))
                .toArray(CompletableFuture[]::new))
        .join();

    long[] seen = IntStream.range(0, instances).mapToLong(counts::get).toArray();
    assertThat(chiSquare(seen)).isLessThan(limit(instances));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void roundRobinGivesEachExactlyItsShareAndNeverTheSameTwice(int instances) {
    Selector selector = new RoundRobinSelector();
    long[] counts = new long[instances];
    int last = -1;

    for (int i = 0; i < EACH * instances; i++) {
      int selected = selector.select(instances);
      assertThat(selected).isNotEqualTo(last);
      last = selected;
      counts[selected]++;
    }

    assertThat(counts).containsOnly(EACH);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void randomIsEvenAndDoesNotRememberWhatItSelectedBefore(int instances) {
    assertThat(chiSquare(pairs(new RandomSelector(), instances)))
        .isLessThan(limit(instances * instances));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void theSameStatisticTellsRoundRobinApart(int instances) {
    assertThat(chiSquare(pairs(new RoundRobinSelector(), instances)))
        .isGreaterThan(limit(instances * instances));
  }

  @Test
  void aSelectorThatFavoursOneIsToldApart() {
    Selector favours = ready -> Math.max(0, new RandomSelector().select(ready * 2) - ready);

    assertThat(chiSquare(pairs(favours, 3))).isGreaterThan(limit(9));
  }

  @Test
  void roundRobinOutlivesTheLargestNumber() {
    Selector selector = new RoundRobinSelector(Integer.MAX_VALUE);

    assertThat(IntStream.range(0, 4).map(i -> selector.select(4))).containsExactly(3, 0, 1, 2);
  }

  @Test
  void callersThatStartTogetherDoNotAllBeginWithTheSame() {
    assertThat(IntStream.range(0, 200).map(i -> new RoundRobinSelector().select(2))).contains(0, 1);
  }

  /** How often each selection was followed by each. */
  private static long[] pairs(Selector selector, int instances) {
    long[] counts = new long[instances * instances];
    for (int i = 0; i < EACH * instances; i++) {
      // Not overlapping, so that each pair is independent of the others.
      counts[selector.select(instances) * instances + selector.select(instances)]++;
    }
    return counts;
  }

  private static double chiSquare(long[] counts) {
    double expected = (double) IntStream.range(0, counts.length).mapToLong(i -> counts[i]).sum();
    expected /= counts.length;
    double sum = 0;
    for (long count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  /** What chance exceeds almost never: the bound of Laurent and Massart for chi-square's tail. */
  private static double limit(int cells) {
    int freedom = cells - 1;
    return freedom + 2 * Math.sqrt(freedom * LN_OF_CHANCE) + 2 * LN_OF_CHANCE;
  }
}
