package dev.platformkit.check.yaml;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;

@CheckSpec(
    id = "yaml/syntax",
    severity = Severity.ERROR,
    summary = "Every YAML and JSON file can be read.")
public final class Syntax implements Check {
  @Override
  public void run(Workspace workspace, Findings findings) {
    workspace
        .broken()
        .forEach(broken -> findings.add(broken.source(), broken.spot(), broken.reason()));
  }
}
