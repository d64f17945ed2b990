package dev.platformkit.verify.panel;

/** What a panel's queries came to; of several queries, the one that stands first here tells. */
enum Outcome {
  /** Prometheus refuses it. */
  BROKEN("broken"),
  /** It names a metric of which there is no series, nor any target that declares it; or no job. */
  MISSING("metric missing"),
  /** It could not be asked. */
  LEFT_OUT("left out"),
  /** It came back with a number. */
  DATA("with data"),
  /** What it names exists, and it came back without a number. */
  EMPTY("not exercised");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
