package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Judge;
import dev.platformkit.verify.flow.Course;
import dev.platformkit.verify.journey.Cover;
import dev.platformkit.verify.journey.Echoes;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Walk;
import dev.platformkit.verify.proof.Sentinel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Journeys that are judged together: the samples before them are read, they are gone one after the
 * other, some of them are gone again as the sentinel, and the proofs of all are awaited side by
 * side.
 */
final class Round {
  private final List<Journey> journeys;
  private final List<JourneyRun> runs = new ArrayList<>();
  private final Site site;
  private final Tasks tasks;

  /**
   * A round.
   *
   * @param journeys of which no two declare the same series
   */
  Round(List<Journey> journeys, Course course, Site site, Judge judge, Tasks tasks) {
    this.journeys = List.copyOf(journeys);
    this.site = requireNonNull(site, "site is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
    for (Journey journey : journeys) {
      runs.add(new JourneyRun(journey, course, site, judge, tasks));
    }
  }

  /** What the journeys came to, in their order. */
  List<JourneyRun.Result> run() throws InterruptedException {
    tasks.all(runs.stream().map(run -> tasks.task(run::prepare)).toList());
    Instant start = Instant.now();
    Map<Journey, Set<String>> echoes = Echoes.of(journeys);
    // A proof is no load test: a platform that has just come up is slow when several ask at once.
    for (JourneyRun run : runs) {
      run.go(echoes.getOrDefault(run.journey(), Set.of()));
    }
    Sentinel sentinel = sentinel();
    List<Walk> walks = runs.stream().map(JourneyRun::walk).flatMap(Optional::stream).toList();
    Sources sources = Sources.of(site, journeys, walks, sentinel, start);
    return tasks.all(runs.stream().map(run -> tasks.task(() -> run.judged(sources))).toList());
  }

  /**
   * Goes as few journeys again as reach every service; where there is no engine whose logs tell
   * what was written, each of them, since then one walk is held against the other. One that does
   * not come to its end again is replaced by others.
   */
  private Sentinel sentinel() {
    List<JourneyRun> left = new ArrayList<>(runs.stream().filter(JourneyRun::isGone).toList());
    Set<String> open = new HashSet<>();
    left.forEach(run -> open.addAll(run.journey().services()));
    List<Walk> walks = new ArrayList<>();
    while (!left.isEmpty()) {
      List<JourneyRun> next =
          site.engine().isPresent()
              ? Cover.of(left, run -> run.journey().services(), open)
              : List.copyOf(left);
      if (next.isEmpty()) {
        break;
      }
      for (JourneyRun run : next) {
        Optional<Walk> again = run.again();
        again.ifPresent(walks::add);
        again.ifPresent(walk -> open.removeAll(run.journey().services()));
      }
      left.removeAll(next);
    }
    return new Sentinel(walks);
  }
}
