package dev.platformkit.kv;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.ConsulKv.Entry;
import java.util.Locale;
import java.util.Optional;

/**
 * What has to be done to one key.
 *
 * @param stored what is there; empty where the key is to be added
 * @param wanted what has to be there; empty where the key is to be removed
 */
public record Change(Kind kind, String key, Optional<Entry> stored, Optional<Setting> wanted) {
  /** In which way a key differs. */
  public enum Kind {
    /** It is not there. */
    ADD,
    /** It has another value. */
    CHANGE,
    /** It was written by an earlier apply, and no file names it any more. */
    REMOVE,
    /** It has its value, but somebody else wrote it: no difference, only not owned yet. */
    ADOPT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Change {
    requireNonNull(kind, "kind is null");
    requireNonNull(key, "key is null");
    requireNonNull(stored, "stored is null");
    requireNonNull(wanted, "wanted is null");
  }

  /** Whether what is there was written by an apply, and by nobody since. */
  public boolean owned() {
    return stored.filter(KvDiff::owned).isPresent();
  }
}
