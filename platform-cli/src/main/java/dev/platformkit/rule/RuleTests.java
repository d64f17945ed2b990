package dev.platformkit.rule;

import dev.platformkit.problem.Problem;
import dev.platformkit.rule.RuleTestRun.FileResult;
import dev.platformkit.source.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Runs test files through promtool. Each file is a run of its own, several at once: promtool takes
 * longer than in proportion for one large run, and one file's failure leaves the others' verdicts.
 */
public final class RuleTests {
  private RuleTests() {}

  /**
   * Finds test files.
   *
   * @param root against which they are shown
   * @param paths files, and folders whose {@code *.test.yaml} are meant
   * @throws Problem exit 2 for a path that cannot be opened
   */
  public static List<TestFile> find(Path root, List<Path> paths) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      if (Files.isDirectory(absolute)) {
        files.addAll(below(absolute));
      } else if (Files.isReadable(absolute)) {
        files.add(absolute);
      } else {
        throw Problem.usage("cannot open " + path + ": there is no such file or folder");
      }
    }
    return files.stream()
        .map(
            file ->
                TestFile.read(
                    file, file.startsWith(root) ? root.relativize(file).toString() : "" + file))
        .toList();
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(".*\\.test\\.ya?ml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Problem.usage("cannot open " + folder + ": " + e).causedBy(e);
    }
  }

  /** Runs files, as many at once as there are processors. */
  public static RuleTestRun run(List<TestFile> files, Promtool promtool) {
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<FileResult>> running = new ArrayList<>();
      files.forEach(file -> running.add(pool.submit(() -> run(file, promtool))));
      List<FileResult> results = new ArrayList<>();
      for (Future<FileResult> result : running) {
        results.add(result.get());
      }
      return new RuleTestRun(promtool.version(), results, since(start));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Problem problem ? problem : Problem.bug(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted while promtool ran").causedBy(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static FileResult run(TestFile file, Promtool promtool) {
    long start = System.nanoTime();
    Promtool.Answer answer = promtool.test(file.path());
    List<Failure> failures = new ArrayList<>(PromtoolOutput.failures(file, answer.lines()));
    if (answer.exit() != 0 && failures.isEmpty()) {
      failures.add(whole(file, String.join("\n", answer.lines())));
    }
    if (failures.isEmpty() && file.tests().isEmpty()) {
      failures.add(whole(file, "there is no test in this file"));
    }
    return new FileResult(file, failures, since(start));
  }

  private static Failure whole(TestFile file, String said) {
    return new Failure(
        new Position(file.shownAs(), 1, 1), "", "", List.of(), List.of(), said.strip());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
