package dev.platformkit.check.yaml;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Registry;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.problem.Nearest;
import java.util.Optional;

/**
 * Judges the comments that ignore findings. Whether one is needed is known only after all checks
 * have run, so {@link dev.platformkit.check.Judge} tells those that are not, in this check's name.
 */
@CheckSpec(
    id = "yaml/ignore",
    severity = Severity.WARNING,
    summary = "A comment that ignores a finding names its check, says why, and is needed.")
public final class Ignore implements Check {
  @Override
  public void run(Workspace workspace, Findings findings) {
    workspace
        .suppressions()
        .forEach(
            suppression -> {
              if (suppression.check().isEmpty()) {
                findings.add(
                    suppression.source(),
                    suppression.spot(),
                    "names no check",
                    "# platform:ignore <check> -- <reason>");
              } else if (!Registry.ids().contains(suppression.check())) {
                Optional<String> near = Nearest.of(suppression.check(), Registry.ids());
                String message = "there is no check \"" + suppression.check() + "\"";
                if (near.isPresent()) {
                  findings.add(suppression.source(), suppression.spot(), message, near.get());
                } else {
                  findings.add(suppression.source(), suppression.spot(), message);
                }
              } else if (suppression.reason().isEmpty()) {
                findings.add(
                    suppression.source(),
                    suppression.spot(),
                    "gives no reason, so nothing is ignored",
                    "# platform:ignore " + suppression.check() + " -- <reason>");
              }
            });
  }
}
