package dev.platformkit.kv;

import dev.platformkit.backend.ConsulKv.Entry;
import dev.platformkit.kv.Change.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What files want, against what is stored.
 *
 * @param changes by key
 * @param foreign the keys of these services that no file names and no apply wrote: never touched
 * @param wanted how many keys the files name
 */
public record KvDiff(List<Change> changes, List<String> foreign, int wanted) {
  /**
   * The flags of each key that apply wrote. Whoever else writes the key leaves 0 there, and owns it
   * by that; no second list of owned keys can go stale.
   */
  public static final long OWNED = 0x706b_6b76;

  public KvDiff {
    changes = List.copyOf(changes);
    foreign = List.copyOf(foreign);
  }

  /**
   * Compares.
   *
   * @param services only these; empty for all
   */
  public static KvDiff between(Desired desired, List<Entry> stored, List<String> services) {
    SortedMap<String, Setting> wanted = new TreeMap<>();
    SortedMap<String, Entry> there = new TreeMap<>();
    desired.settings().forEach((key, setting) -> put(wanted, key, setting, services));
    stored.forEach(entry -> put(there, entry.key(), entry, services));
    List<Change> changes = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(wanted.keySet());
    keys.addAll(there.keySet());
    for (String key : keys) {
      Optional<Setting> setting = Optional.ofNullable(wanted.get(key));
      Optional<Entry> entry = Optional.ofNullable(there.get(key));
      kind(setting, entry).ifPresent(kind -> changes.add(new Change(kind, key, entry, setting)));
      if (setting.isEmpty() && !owned(entry.orElseThrow()) && !Keys.isProbe(key)) {
        foreign.add(key);
      }
    }
    return new KvDiff(changes, foreign, wanted.size());
  }

  private static <T> void put(Map<String, T> map, String key, T value, List<String> services) {
    Keys.serviceOf(key)
        .filter(service -> services.isEmpty() || services.contains(service))
        .ifPresent(service -> map.put(key, value));
  }

  private static Optional<Kind> kind(Optional<Setting> wanted, Optional<Entry> stored) {
    if (stored.isEmpty()) {
      return Optional.of(Kind.ADD);
    }
    boolean owned = owned(stored.get());
    if (wanted.isEmpty()) {
      return owned ? Optional.of(Kind.REMOVE) : Optional.empty();
    }
    if (!stored.get().value().equals(Optional.of(wanted.get().value()))) {
      return Optional.of(Kind.CHANGE);
    }
    return owned ? Optional.empty() : Optional.of(Kind.ADOPT);
  }

  static boolean owned(Entry entry) {
    return entry.flags() == OWNED;
  }

  /**
   * Refuses services of which neither files nor store know anything.
   *
   * @throws dev.platformkit.problem.Problem exit 2
   */
  public static void requireKnown(List<String> services, Desired desired, List<Entry> stored) {
    List<String> known =
        Stream.concat(
                desired.files().keySet().stream(),
                stored.stream().flatMap(entry -> Keys.serviceOf(entry.key()).stream()))
            .distinct()
            .toList();
    Desired.requireKnown(services, known);
  }

  /** Whether a service would read something else than the files say. */
  public boolean differs() {
    return !differences().isEmpty();
  }

  /** What a service would read otherwise than the files say. */
  public List<Change> differences() {
    return changes.stream().filter(change -> change.kind() != Kind.ADOPT).toList();
  }

  /** Of what is to be done, only what nobody has written yet. */
  public KvDiff additions() {
    List<Change> additions = changes.stream().filter(c -> c.kind() == Kind.ADD).toList();
    return new KvDiff(additions, foreign, wanted);
  }
}
