package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Position;

/**
 * What became of one panel, or of one query of it.
 *
 * @param position of what is to blame
 * @param why in words, where there is something to say
 * @param query as it was asked; empty where none was
 */
record Result(String title, Position position, Outcome outcome, String why, String query) {
  Result {
    requireNonNull(title, "title is null");
    requireNonNull(position, "position is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(why, "why is null");
    requireNonNull(query, "query is null");
  }

  /** Of two queries of a panel the one that says what the panel came to. */
  Result with(Result other) {
    return other.outcome.compareTo(outcome) < 0 ? other : this;
  }
}
