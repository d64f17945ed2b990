package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One thing that was judged.
 *
 * @param id what kind of thing, {@code domain/name}
 * @param subject of what: a journey, a service, a scrape job, a rule file
 * @param expected what would have been good
 * @param observed what was seen; short where it is good
 * @param details more lines for whoever has to mend it
 * @param way what was seen at each hop, where its hops were looked at
 * @param links where to look: URLs and commands
 */
public record Check(
    String id,
    Verdict verdict,
    String subject,
    String expected,
    String observed,
    List<String> details,
    Way way,
    List<String> links,
    Duration took) {
  public Check {
    requireNonNull(id, "id is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(expected, "expected is null");
    requireNonNull(observed, "observed is null");
    details = List.copyOf(details);
    requireNonNull(way, "way is null");
    links = List.copyOf(links);
    requireNonNull(took, "took is null");
  }

  /** The first broken hop. */
  public Optional<String> hop() {
    return way.broken();
  }

  /** The part of the id before the slash. */
  public String domain() {
    return id.substring(0, id.indexOf('/'));
  }
}
