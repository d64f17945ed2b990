package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

/** Something that was found out already. */
public record Settled(String id, String subject, String expected, Finding finding)
    implements Probe {
  public Settled {
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
