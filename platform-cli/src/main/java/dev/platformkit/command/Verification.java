package dev.platformkit.command;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Engine;
import dev.platformkit.lifecycle.LoadedContent;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.report.VerifyText;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Stack;
import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.JourneyReader;
import dev.platformkit.verify.run.LocalSite;
import dev.platformkit.verify.run.Site;
import dev.platformkit.verify.run.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of verify on a platform that was brought up, for whichever command wants it. */
final class Verification {
  /** Where journeys stand in a project. */
  static final String JOURNEYS = "sample-services/journeys";

  private final Console console;
  private final Project project;
  private final Platform platform;
  private final KeptRuns kept;

  Verification(Console console, Project project, Platform platform) {
    this.console = requireNonNull(console, "console is null");
    this.project = requireNonNull(project, "project is null");
    this.platform = requireNonNull(platform, "platform is null");
    this.kept = new KeptRuns(platform);
  }

  /**
   * Judges the platform and keeps the evidence. The platform's lock is the caller's to hold.
   *
   * @param required the stacks that must not be left out
   * @param targets URLs given by hand, by service
   */
  Evidence run(
      Engine engine,
      List<Journey> journeys,
      Set<String> required,
      Map<String, String> targets,
      Duration timeout) {
    Assembly assembly = assembly();
    List<String> chosen = assembly.stacks().stream().map(Stack::name).toList();
    Site site =
        new LocalSite(
            engine,
            new LocalSite.Order(
                platform,
                new LoadedContent(assembly, assembly.variables(System.getenv())),
                assembly.stacks(),
                project.stacks().stream().filter(stack -> !chosen.contains(stack)).toList(),
                required,
                targets));
    return run(site, journeys, timeout);
  }

  /** Judges and keeps the evidence. */
  Evidence run(Site site, List<Journey> journeys, Duration timeout) {
    AtomicInteger done = new AtomicInteger();
    Verifier verifier = new Verifier(check -> progress(check, done.incrementAndGet()));
    try {
      Evidence evidence = verifier.verify(site, journeys, timeout);
      kept.keep(evidence);
      return evidence;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted").causedBy(e);
    } finally {
      clearProgress();
    }
  }

  /**
   * Goes every journey, prints the verdict, and returns what it is to the shell.
   *
   * @param timeout judge by what was seen until then
   */
  int all(Engine engine, Duration timeout) {
    List<Journey> journeys =
        JourneyReader.readAll(project.root(), project.root().resolve(JOURNEYS));
    Evidence evidence = run(engine, journeys, Set.of(), Map.of(), timeout);
    console.out().print("\n" + new VerifyText(console).of(evidence, kept.shown(evidence)));
    console.out().print(kept.hint(evidence));
    console.out().flush();
    return exitCode(evidence.verdict());
  }

  /** What the platform was brought up with. */
  Assembly assembly() {
    return Assembly.last(project, platform)
        .orElseThrow(
            () ->
                Problem.unable("the platform " + platform.name() + " does not run")
                    .tryCommand("platform up"));
  }

  /** The runs whose evidence is kept. */
  KeptRuns runs() {
    return kept;
  }

  /** What a verdict is to the shell. */
  static int exitCode(Verdict verdict) {
    ExitCode code =
        switch (verdict) {
          case PASS, PARTIAL, SKIP -> ExitCode.GOOD;
          case FAIL -> ExitCode.BAD;
          case INCONCLUSIVE -> ExitCode.UNABLE;
        };
    return code.code();
  }

  private void progress(Check check, int done) {
    if (console.interactive()) {
      String line =
          "  %s %d judged · %s %s".formatted(console.busy(), done, check.id(), check.subject());
      int most = Math.max(20, console.width() - 1);
      synchronized (this) {
        console.err().print("\r\033[K" + (line.length() < most ? line : line.substring(0, most)));
        console.err().flush();
      }
    }
  }

  private void clearProgress() {
    if (console.interactive()) {
      console.err().print("\r\033[K");
      console.err().flush();
    }
  }
}
