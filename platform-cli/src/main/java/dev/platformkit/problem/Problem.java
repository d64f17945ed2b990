package dev.platformkit.problem;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * Something the user has to know and can act on, told in their terms. The command line prints it
 * without a stack trace:
 *
 * <pre>
 * ✗ port 8500 on 127.0.0.1 is taken by pid 4121 (consul agent -dev)
 *   wanted by: discovery/consul  (stacks/ports.env:3 CONSUL_PORT)
 *   try: platform up --name second
 * </pre>
 *
 * The message is the first line; {@link #details()} stand under it, and every {@link #tries()} is a
 * command that can be typed as it stands.
 */
public final class Problem extends RuntimeException {
  private final ExitCode exitCode;
  private final List<String> details;
  private final List<String> tries;

  private Problem(
      ExitCode exitCode, String what, List<String> details, List<String> tries, Throwable cause) {
    super(requireNonNull(what, "what is null"), cause);
    this.exitCode = requireNonNull(exitCode, "exitCode is null");
    this.details = List.copyOf(details);
    this.tries = List.copyOf(tries);
  }

  /** What was judged is bad (exit 1). */
  public static Problem bad(String what) {
    return new Problem(ExitCode.BAD, what, List.of(), List.of(), null);
  }

  /** The call itself is wrong, or names a path that cannot be opened (exit 2). */
  public static Problem usage(String what) {
    return new Problem(ExitCode.USAGE, what, List.of(), List.of(), null);
  }

  /** Nothing could be judged or done, through no fault of what was to be judged (exit 3). */
  public static Problem unable(String what) {
    return new Problem(ExitCode.UNABLE, what, List.of(), List.of(), null);
  }

  /** Something went wrong that we did not think of (exit 70). */
  public static Problem bug(Throwable cause) {
    return new Problem(ExitCode.BUG, cause.toString(), List.of(), List.of(), cause);
  }

  /** This problem with one more line of detail: where it is, why it is so, what was seen. */
  public Problem detail(String line) {
    return new Problem(exitCode, getMessage(), with(details, line), tries, getCause());
  }

  /** This problem with one more command to try. */
  public Problem tryCommand(String command) {
    return new Problem(exitCode, getMessage(), details, with(tries, command), getCause());
  }

  /** This problem with the exception behind it, which only {@code --debug} shows. */
  public Problem causedBy(Throwable cause) {
    return new Problem(exitCode, getMessage(), details, tries, cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public List<String> details() {
    return details;
  }

  public List<String> tries() {
    return tries;
  }

  private static List<String> with(List<String> lines, String line) {
    List<String> all = new ArrayList<>(lines);
    all.add(requireNonNull(line, "line is null"));
    return all;
  }
}
