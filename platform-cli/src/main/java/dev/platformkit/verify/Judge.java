package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at a probe until it is settled or its time is up, at first often and then less, so that
 * what is quick is judged quickly and what is slow costs little. Safe for use by several threads.
 */
public final class Judge {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Deadline deadline;
  private final Consumer<Check> judged;
  private final CountDownLatch cancelled = new CountDownLatch(1);

  /**
   * A judge.
   *
   * @param deadline of the whole run; no probe is looked at after it
   * @param judged told of each check when it is judged, by several threads
   */
  public Judge(Deadline deadline, Consumer<Check> judged) {
    this.deadline = requireNonNull(deadline, "deadline is null");
    this.judged = requireNonNull(judged, "judged is null");
  }

  /** Every probe under way is settled with what it has seen so far. */
  public void cancel() {
    cancelled.countDown();
  }

  /** The verdict on a probe, which is closed afterwards. */
  public Check judge(Probe probe) {
    long start = System.nanoTime();
    Finding finding = Finding.inconclusive("not looked at");
    try {
      finding = watch(probe);
      if (finding.verdict() != Verdict.PASS && finding.verdict() != Verdict.SKIP) {
        finding = explained(probe, finding);
      }
    } finally {
      finding = closed(probe, finding);
    }
    Check check =
        new Check(
            probe.id(),
            finding.verdict(),
            probe.subject(),
            probe.expected(),
            finding.observed(),
            finding.details(),
            finding.way(),
            finding.links(),
            Duration.ofNanos(System.nanoTime() - start));
    judged.accept(check);
    return check;
  }

  /**
   * Asks until an answer is good or the time is up, and gives the last.
   *
   * @param question asked at once, then less and less often
   */
  public <T> T await(Duration patience, Predicate<T> good, Supplier<T> question) {
    return await(patience, FIRST_PAUSE, good, question);
  }

  private <T> T await(
      Duration patience, Duration firstPause, Predicate<T> good, Supplier<T> question) {
    Deadline end = deadline.orIn(patience);
    Duration pause = firstPause;
    while (true) {
      T answer = question.get();
      if (good.test(answer) || end.passed() || !pause(pause, end)) {
        return answer;
      }
      Duration longer = pause.multipliedBy(3).dividedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /** A proof that leaves something of its own behind in the platform is not a good one. */
  private static Finding closed(Probe probe, Finding finding) {
    try {
      probe.close();
      return finding;
    } catch (NotRunningException e) {
      return finding; // what does not run holds nothing that could be taken back
    } catch (BackendException e) {
      String left = "could not take back what it had left: " + e.getMessage();
      return finding.verdict() == Verdict.PASS ? Finding.fail(left) : finding.detail(left);
    }
  }

  private static Finding explained(Probe probe, Finding finding) {
    try {
      return probe.explain(finding);
    } catch (BackendException | NotRunningException | NotPartOfPlatformException e) {
      return finding.detail(e.getMessage());
    }
  }

  /**
   * What is not there yet when the run ends before the probe's patience is at its end is unknown,
   * unless the run's end is what it was to be judged at.
   */
  private Finding watch(Probe probe) {
    Deadline own = Deadline.in(probe.patience());
    Finding last = await(probe.patience(), probe.pace(), Finding::settled, () -> look(probe));
    boolean atTheEnd = probe.patience().equals(Probe.WHOLE_RUN) && deadline.passed();
    return last.settled() || last.verdict() != Verdict.FAIL || own.passed() || atTheEnd
        ? last
        : last.cutShort("the run ended before it had been waited for");
  }

  private static Finding look(Probe probe) {
    try {
      return probe.look();
    } catch (NotPartOfPlatformException e) {
      return Finding.skip(e.getMessage());
    } catch (NotRunningException e) {
      return Finding.inconclusive(e.getMessage());
    } catch (BackendException e) {
      return Finding.unknown(e.getMessage());
    }
  }

  /** Whether the pause went by undisturbed. */
  private boolean pause(Duration duration, Deadline end) {
    Duration shorter = end.remaining();
    long nanos = (shorter.compareTo(duration) < 0 ? shorter : duration).toNanos();
    try {
      return !cancelled.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
