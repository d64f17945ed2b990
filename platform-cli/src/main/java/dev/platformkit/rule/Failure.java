package dev.platformkit.rule;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Position;
import java.util.List;

/**
 * Something that a test expected and did not get, or why a file could not be tested.
 *
 * @param position of the expectation, or of the file where it cannot be told
 * @param test the test's name; empty where it has none or the whole file failed
 * @param subject {@code alert X at 5m} or {@code expr X at 5m}; empty where the whole file failed
 * @param expected one line per alert or sample
 * @param got one line per alert or sample
 * @param said what promtool said, where it is not an expectation
 */
public record Failure(
    Position position,
    String test,
    String subject,
    List<String> expected,
    List<String> got,
    String said) {
  public Failure {
    requireNonNull(position, "position is null");
    requireNonNull(test, "test is null");
    requireNonNull(subject, "subject is null");
    expected = List.copyOf(expected);
    got = List.copyOf(got);
    requireNonNull(said, "said is null");
  }

  /** Whether the file could not be tested at all. */
  public boolean ofTheWholeFile() {
    return subject.isEmpty();
  }
}
