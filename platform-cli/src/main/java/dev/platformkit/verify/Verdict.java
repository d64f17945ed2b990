package dev.platformkit.verify;

import java.util.Collection;
import java.util.Locale;

/** How something was judged; what comes later weighs more when verdicts are put together. */
public enum Verdict {
  /** As expected. */
  PASS,
  /** Left out, for a reason that is told. */
  SKIP,
  /** As expected, but something was left out. */
  PARTIAL,
  /** It could not be known: never green. */
  INCONCLUSIVE,
  /** Not as expected. */
  FAIL;

  /**
   * The verdict on a whole from those on its parts. Nothing judged is inconclusive; a part left out
   * makes the whole partial.
   */
  public static Verdict of(Collection<Verdict> parts) {
    if (parts.isEmpty()) {
      return INCONCLUSIVE;
    }
    Verdict worst = PASS;
    for (Verdict part : parts) {
      worst = part.compareTo(worst) > 0 ? part : worst;
    }
    return worst == SKIP ? PARTIAL : worst;
  }

  /** The word in evidence. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
