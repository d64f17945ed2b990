package dev.platformkit.verify.journey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Few enough of many to reach everything that any of them reaches. */
public final class Cover {
  private Cover() {}

  /**
   * Takes, again and again, whoever reaches most of what nobody has reached yet: hardly more than
   * the fewest that would do (V. Chvatal, A Greedy Heuristic for the Set-Covering Problem, 1979).
   *
   * @param wanted what is to be reached
   * @return in the order in which they were taken; the first of equals
   */
  public static <T> List<T> of(
      Collection<T> all, Function<T, Set<String>> reach, Set<String> wanted) {
    List<T> taken = new ArrayList<>();
    Set<String> open = new HashSet<>(wanted);
    Function<T, Long> gain = one -> reach.apply(one).stream().filter(open::contains).count();
    while (!all.isEmpty()) {
      T best = Collections.max(all, Comparator.comparing(gain));
      if (gain.apply(best) == 0) {
        break;
      }
      taken.add(best);
      open.removeAll(reach.apply(best));
    }
    return taken;
  }
}
