package dev.platformkit.command;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.report.CompareText;
import dev.platformkit.report.VerifyText;
import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Comparison;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Verifies again and again. On a terminal the last run is drawn in place; elsewhere each run is a
 * line, and what changed since the one before stands below it. Of runs that are alike only the last
 * is kept.
 */
final class Watch {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final String CLEAR_SCREEN = "\033[H\033[2J\033[3J";

  private final Console console;
  private final KeptRuns kept;
  private final Supplier<Evidence> run;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread watching = Thread.currentThread();
  private volatile int exit;
  private volatile boolean ran;
  private String lastChange = "";

  /**
   * A watch.
   *
   * @param run verifies once and keeps the evidence
   */
  Watch(Console console, KeptRuns kept, Supplier<Evidence> run) {
    this.console = requireNonNull(console, "console is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.run = requireNonNull(run, "run is null");
  }

  /** Verifies until Ctrl-C, with a pause between two runs; what the last run is to the shell. */
  int every(Duration pause) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "watch-interrupted"));
    try {
      Evidence before = null;
      do {
        Evidence evidence = run.get();
        exit = Verification.exitCode(evidence.verdict());
        ran = true;
        tell(before, evidence);
        before = evidence;
      } while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS));
      return exit;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return exit;
    } catch (Problem e) {
      if (stop.getCount() > 0 || !ran) {
        throw e;
      }
      return exit; // the run that was cut off is none
    } finally {
      over.countDown();
    }
  }

  /**
   * The process was told to end: what goes on is ended in good order, and the shell told of the
   * last run that came to its end.
   */
  private void interrupted() {
    if (over.getCount() == 0) {
      return;
    }
    stop.countDown();
    watching.interrupt();
    try {
      if (over.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS) && ran) {
        console.out().flush();
        Runtime.getRuntime().halt(exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Evidence before, Evidence after) {
    CompareText words = new CompareText(console);
    String changes = "";
    if (before != null) {
      Comparison comparison = Comparison.of(before, after);
      changes = words.judged(comparison);
      if (comparison.isAlike()) {
        kept.forget(before);
      } else {
        lastChange = "changed at %s\n%s".formatted(TIME.format(after.started()), changes);
      }
    }
    if (console.interactive()) {
      console.out().print(CLEAR_SCREEN + new VerifyText(console).of(after, kept.shown(after)));
      console.out().print(lastChange.isEmpty() ? "" : "\n" + lastChange);
    } else {
      console.out().print(line(after) + "\n" + changes);
    }
    console.out().flush();
  }

  private static String line(Evidence evidence) {
    return String.format(
        Locale.ROOT,
        "%s %s %s in %.1f s: %d passed, %d failed, %d inconclusive, %d left out",
        TIME.format(evidence.started()),
        evidence.nonce(),
        evidence.verdict().name(),
        evidence.took().toMillis() / 1000.0,
        evidence.count(Verdict.PASS),
        evidence.count(Verdict.FAIL),
        evidence.count(Verdict.INCONCLUSIVE),
        evidence.count(Verdict.SKIP));
  }
}
