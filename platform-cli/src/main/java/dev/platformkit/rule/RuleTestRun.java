package dev.platformkit.rule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What became of test files.
 *
 * @param promtool its version
 * @param files in the order in which they were asked for
 */
public record RuleTestRun(String promtool, List<FileResult> files, Duration took) {
  /** What became of one file; it passed when nothing failed. */
  public record FileResult(TestFile file, List<Failure> failures, Duration took) {
    public FileResult {
      requireNonNull(file, "file is null");
      failures = List.copyOf(failures);
      requireNonNull(took, "took is null");
    }

    public boolean passed() {
      return failures.isEmpty();
    }
  }

  public RuleTestRun {
    requireNonNull(promtool, "promtool is null");
    files = List.copyOf(files);
    requireNonNull(took, "took is null");
  }

  public boolean passed() {
    return files.stream().allMatch(FileResult::passed);
  }

  /** How many tests the files hold. */
  public int tests() {
    return files.stream().mapToInt(file -> file.file().tests().size()).sum();
  }
}
