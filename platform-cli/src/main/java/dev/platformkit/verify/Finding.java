package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one look showed.
 *
 * @param verdict what this amounts to: for good where it is settled, else if nothing changes until
 *     the deadline
 * @param settled whether another look could not change it
 * @param way what was seen at each hop
 */
public record Finding(
    Verdict verdict,
    boolean settled,
    String observed,
    List<String> details,
    Way way,
    List<String> links) {
  public Finding {
    requireNonNull(verdict, "verdict is null");
    requireNonNull(observed, "observed is null");
    details = List.copyOf(details);
    requireNonNull(way, "way is null");
    links = List.copyOf(links);
  }

  public static Finding pass(String observed) {
    return settled(Verdict.PASS, observed);
  }

  public static Finding fail(String observed) {
    return settled(Verdict.FAIL, observed);
  }

  public static Finding skip(String reason) {
    return settled(Verdict.SKIP, reason);
  }

  public static Finding inconclusive(String observed) {
    return settled(Verdict.INCONCLUSIVE, observed);
  }

  /** Not there yet; at the deadline this is a failure. */
  public static Finding missing(String observed) {
    return new Finding(Verdict.FAIL, false, observed, List.of(), Way.none(), List.of());
  }

  /** Cannot be told yet; at the deadline this is inconclusive. */
  public static Finding unknown(String observed) {
    return new Finding(Verdict.INCONCLUSIVE, false, observed, List.of(), Way.none(), List.of());
  }

  private static Finding settled(Verdict verdict, String observed) {
    return new Finding(verdict, true, observed, List.of(), Way.none(), List.of());
  }

  public Finding detail(String line) {
    return new Finding(verdict, settled, observed, with(details, line), way, links);
  }

  /** This finding with what was seen at each hop of the signal's way. */
  public Finding on(Way seen) {
    return new Finding(verdict, settled, observed, details, seen, links);
  }

  /** This finding where it could not be waited for: nobody knows what it would have come to. */
  Finding cutShort(String why) {
    return new Finding(Verdict.INCONCLUSIVE, true, observed + "; " + why, details, way, links);
  }

  /** The first broken hop. */
  public Optional<String> hop() {
    return way.broken();
  }

  public Finding link(String link) {
    return new Finding(verdict, settled, observed, details, way, with(links, link));
  }

  private static List<String> with(List<String> lines, String line) {
    List<String> all = new ArrayList<>(lines);
    all.add(requireNonNull(line, "line is null"));
    return all;
  }
}
