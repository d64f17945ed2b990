package dev.platformkit.problem;

/** What a run of the command line says to the shell; the one list of exit codes. */
public enum ExitCode {
  /** Everything asked for is done, and what was judged is good. */
  GOOD(0),
  /** What was judged is bad: findings, failed checks, a dead service of the platform. */
  BAD(1),
  /** Bad usage, or a path that cannot be opened. */
  USAGE(2),
  /** We could not judge: no engine, no platform running, a port taken, an inconclusive proof. */
  UNABLE(3),
  /** A bug of ours. */
  BUG(70);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
