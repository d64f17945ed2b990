package dev.platformkit.image;

import dev.platformkit.engine.EngineImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds images built here that later builds of the same component replaced, so that a disk does not
 * fill with every state that somebody's sources ever had. The last few stay: going back to them, as
 * between two branches or two clones, then builds nothing.
 */
final class Superseded {
  static final int KEPT = 4;

  private static final Pattern HASHED =
      Pattern.compile(Pattern.quote(Component.REPOSITORY) + "([^:]+):.+-[0-9a-f]{12}");

  private Superseded() {}

  /** The tags that can go, unless a container still uses them. */
  static List<String> of(List<EngineImage> images) {
    Map<String, List<EngineImage>> byComponent = new HashMap<>();
    for (EngineImage image : images) {
      image.tags().stream()
          .map(HASHED::matcher)
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .distinct()
          .forEach(name -> byComponent.computeIfAbsent(name, n -> new ArrayList<>()).add(image));
    }
    List<String> superseded = new ArrayList<>();
    for (List<EngineImage> versions : byComponent.values()) {
      versions.sort(Comparator.comparing(EngineImage::created).reversed());
      versions.stream()
          .skip(KEPT)
          .flatMap(image -> image.tags().stream())
          .filter(tag -> HASHED.matcher(tag).matches())
          .forEach(superseded::add);
    }
    return superseded;
  }
}
