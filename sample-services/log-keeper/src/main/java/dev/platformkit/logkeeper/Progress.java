package dev.platformkit.logkeeper;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a held file is known to have arrived. */
final class Progress {
  /** Whether its lines are to be shipped at all, once its first entry tells whose it is. */
  Optional<Boolean> ours = Optional.empty();

  /** Up to where everything that was asked for has arrived. */
  long arrived;

  /** When the first line was written that has not arrived. */
  Optional<Instant> missing = Optional.empty();

  /** How many of the lines that were asked for had arrived, and since when there are no more. */
  int found = -1;

  Instant foundSince = Instant.EPOCH;

  Instant looked = Instant.EPOCH;

  /** The copy that answers for what did not arrive. */
  Optional<Path> copy = Optional.empty();

  /** The lines that this look asks for; none where it does not look at this file. */
  Optional<List<Entry>> asked = Optional.empty();
}
