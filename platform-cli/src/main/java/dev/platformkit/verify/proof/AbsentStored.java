package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.journey.Template;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A text stands in no stored line once lines written later have arrived, for a platform whose
 * containers' own logs nobody can read. {@link AbsentProof} also holds what was written against it.
 */
public final class AbsentStored implements Probe {
  private final Stored stored;
  private final Evidenced evidenced;
  private final Template text;
  private final List<String> services;

  /**
   * A proof of absence.
   *
   * @param services those whose later lines must have arrived before the store is believed
   */
  public AbsentStored(Stored stored, Template text, List<String> services) {
    this.stored = requireNonNull(stored, "stored is null");
    this.evidenced = stored.evidenced();
    this.text = requireNonNull(text, "text is null");
    this.services = List.copyOf(services);
  }

  @Override
  public String id() {
    return "logs/absent";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return named() + " in no stored line";
  }

  @Override
  public Finding look() {
    Set<String> late = new TreeSet<>(services);
    Stored.of(stored.lines(), evidenced.sentinel().traceIds()).stream()
        .map(Line::service)
        .forEach(late::remove);
    long holding = stored.store().linesWith(text.with(evidenced.walk().values()));
    if (holding > 0) {
      return Finding.fail(holding + " stored lines hold " + named());
    }
    return late.isEmpty()
        ? Finding.pass(named() + " in no stored line")
        : Finding.unknown("lines written later have not arrived of " + late);
  }

  /** What is looked for, in words that do not give it away: the name of {@code {{secret}}}. */
  private String named() {
    return text.text().replace("{{", "").replace("}}", "");
  }
}
