package dev.platformkit.check;

import dev.platformkit.check.yaml.Ignore;
import dev.platformkit.source.Position;
import dev.platformkit.source.Spot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Runs checks over workspaces and keeps what nobody decided to live with. */
public final class Judge {
  private final List<Check> checks;

  public Judge(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  public Judgement judge(List<Workspace> workspaces) {
    Set<Finding> kept = new LinkedHashSet<>();
    int files = 0;
    for (Workspace workspace : workspaces) {
      kept.addAll(judge(workspace));
      files += workspace.asked().size();
    }
    return new Judgement(kept.stream().sorted(Finding.ORDER).toList(), files, checks);
  }

  private List<Finding> judge(Workspace workspace) {
    List<Finding> found = new ArrayList<>();
    checks.forEach(check -> found.addAll(run(check, workspace)));
    List<Suppression> suppressions = workspace.suppressions();
    Set<Suppression> used = new LinkedHashSet<>();
    Predicate<Finding> suppressed =
        finding -> {
          List<Suppression> covering =
              suppressions.stream().filter(s -> s.covers(finding)).toList();
          used.addAll(covering);
          return !covering.isEmpty();
        };
    found.removeIf(suppressed);
    found.addAll(unused(suppressions, used));
    found.removeIf(finding -> !isAsked(workspace, finding));
    return found;
  }

  /** A check that cannot run is a finding: silence would read as praise. */
  private static List<Finding> run(Check check, Workspace workspace) {
    Findings findings = new Findings(check.spec());
    try {
      check.run(workspace, findings);
      return findings.all();
    } catch (RuntimeException e) {
      List<Finding> all = new ArrayList<>(findings.all());
      all.add(
          new Finding(
              check.id(),
              Severity.ERROR,
              new Spot(new Position(".", 1, 1), 1),
              "",
              "this check could not run: " + e,
              Optional.empty()));
      return all;
    }
  }

  private static boolean isAsked(Workspace workspace, Finding finding) {
    String file = finding.position().file();
    return file.equals(".") || workspace.asked().contains(file);
  }

  private List<Finding> unused(List<Suppression> suppressions, Set<Suppression> used) {
    Optional<Check> ignore = checks.stream().filter(Ignore.class::isInstance).findFirst();
    if (ignore.isEmpty()) {
      return List.of();
    }
    Findings findings = new Findings(ignore.get().spec());
    for (Suppression suppression : suppressions) {
      boolean ran = checks.stream().anyMatch(check -> check.id().equals(suppression.check()));
      if (ran && !suppression.reason().isEmpty() && !used.contains(suppression)) {
        findings.add(
            suppression.source(),
            suppression.spot(),
            "nothing to ignore: " + suppression.check() + " finds nothing here",
            "remove the comment");
      }
    }
    return findings.all();
  }
}
