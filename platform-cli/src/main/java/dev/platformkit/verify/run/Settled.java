package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;

/** Something that was found out already. */
record Settled(String id, String subject, String expected, Finding finding) implements Probe {
  Settled {
    requireNonNull(id, "id is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(expected, "expected is null");
    requireNonNull(finding, "finding is null");
  }

  @Override
  public Finding look() {
    return finding;
  }
}
