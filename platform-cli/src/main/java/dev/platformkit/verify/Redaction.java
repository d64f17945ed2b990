package dev.platformkit.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Takes secrets out of whatever is kept or shown. What is too short to be told from ordinary text
 * is left alone. Safe for use by several threads.
 */
public final class Redaction {
  private static final int SHORTEST = 6;
  private static final String INSTEAD = "[redacted]";

  private final Set<String> secrets = new ConcurrentSkipListSet<>();

  /** From now on this is a secret. */
  public void add(String secret) {
    String stripped = secret.strip();
    if (stripped.length() >= SHORTEST) {
      secrets.add(stripped);
    }
  }

  /** The text without any secret. */
  public String of(String text) {
    String clean = text;
    List<String> longestFirst = new ArrayList<>(secrets);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    for (String secret : longestFirst) {
      clean = clean.replace(secret, INSTEAD);
    }
    return clean;
  }

  private List<String> of(List<String> texts) {
    return texts.stream().map(this::of).toList();
  }

  private Way of(Way way) {
    return new Way(
        way.hops().stream()
            .map(hop -> new Way.Hop(hop.name(), hop.state(), of(hop.observed())))
            .toList());
  }

  /** The check without any secret. */
  public Check of(Check check) {
    return new Check(
        check.id(),
        check.verdict(),
        check.subject(),
        of(check.expected()),
        of(check.observed()),
        of(check.details()),
        of(check.way()),
        of(check.links()),
        check.took());
  }
}
