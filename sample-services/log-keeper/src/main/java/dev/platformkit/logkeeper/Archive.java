package dev.platformkit.logkeeper;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Where lines are stored; every answer is empty when none could be had. */
interface Archive {
  /** Which of these documents can be found, be it among those that were refused. */
  Optional<Set<String>> known(Collection<String> ids);

  /** The oldest day of which lines are stored still. */
  Optional<LocalDate> oldestDay();

  /** How many lines were refused and are kept apart. */
  Optional<Long> refused();
}
