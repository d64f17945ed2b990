package dev.platformkit.check;

import java.util.List;

/**
 * What was found.
 *
 * @param findings by place
 * @param files how many files were judged
 * @param checks what they were judged by
 */
public record Judgement(List<Finding> findings, int files, List<Check> checks) {
  public Judgement {
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
  }

  public int count(Severity severity) {
    return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** Whether what was judged is bad; what is merely worth knowing does not make it so. */
  public boolean isBad() {
    return findings.stream().anyMatch(finding -> finding.severity() != Severity.INFO);
  }
}
