package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what one check finds. The same thing found twice, by way of an alias, counts once. */
public final class Findings {
  private final CheckSpec spec;
  private final Set<Finding> found = new LinkedHashSet<>();

  public Findings(CheckSpec spec) {
    this.spec = requireNonNull(spec, "spec is null");
  }

  /** Tells a finding for which there is no one fix. */
  public void add(SourceFile file, Spot spot, String message) {
    add(spec.severity(), file.line(spot.position().line()), spot, message, Optional.empty());
  }

  /** Tells a finding and what to write instead. */
  public void add(SourceFile file, Spot spot, String message, String fix) {
    add(spec.severity(), file.line(spot.position().line()), spot, message, Optional.of(fix));
  }

  /** Tells a finding whose text must not be shown again. */
  public void addMasked(SourceFile file, Spot spot, String message, String fix) {
    String line = file.line(spot.position().line());
    int from = Math.min(line.length(), spot.position().column() - 1);
    int to = Math.min(line.length(), from + spot.width());
    String masked = line.substring(0, from) + "*".repeat(to - from) + line.substring(to);
    add(spec.severity(), masked, spot, message, Optional.of(fix));
  }

  /** Tells what could not be judged, for want of another file. */
  public void note(SourceFile file, Spot spot, String message) {
    add(Severity.INFO, file.line(spot.position().line()), spot, message, Optional.empty());
  }

  private void add(
      Severity severity, String excerpt, Spot spot, String message, Optional<String> fix) {
    found.add(new Finding(spec.id(), severity, spot, excerpt, message, fix));
  }

  /** What was found so far. */
  public List<Finding> all() {
    return List.copyOf(found);
  }
}
