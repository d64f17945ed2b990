package dev.platformkit.it;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lines that were written against lines that are stored, one by one, by their ids.
 *
 * @param missing written and not stored
 * @param doubled stored again
 * @param unknown stored and never written
 */
record LineCount(Set<String> missing, List<String> doubled, Set<String> unknown) {
  LineCount {
    missing = Set.copyOf(missing);
    doubled = List.copyOf(doubled);
    unknown = Set.copyOf(unknown);
  }

  static LineCount of(Collection<String> written, Collection<String> stored) {
    Set<String> missing = new TreeSet<>(written);
    missing.removeAll(new HashSet<>(stored));
    Set<String> seen = new HashSet<>();
    List<String> doubled = new ArrayList<>();
    for (String id : stored) {
      if (!seen.add(id)) {
        doubled.add(id);
      }
    }
    seen.removeAll(new HashSet<>(written));
    return new LineCount(missing, doubled, seen);
  }

  /** Whether each is there, and once. */
  boolean exact() {
    return missing.isEmpty() && doubled.isEmpty() && unknown.isEmpty();
  }

  @Override
  public String toString() {
    return "%d missing %s, %d double %s, %d unknown %s"
        .formatted(
            missing.size(),
            few(missing),
            doubled.size(),
            few(doubled),
            unknown.size(),
            few(unknown));
  }

  private static List<String> few(Collection<String> ids) {
    return ids.stream().sorted().limit(5).toList();
  }
}
