package dev.platformkit.check.prometheus;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Document;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Kind;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeProject.Seen;
import dev.platformkit.compose.Shape;
import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Follows {@code rule_files} through the mounts of the container that Prometheus runs in: each
 * entry leads to a file, and each rule file that the container sees is led to.
 */
@CheckSpec(
    id = "prometheus/rule-files",
    severity = Severity.ERROR,
    summary = "Every entry of rule_files leads to a file, and every mounted rule file is loaded.")
public final class RuleFiles implements Check {
  @Override
  public void run(Workspace workspace, Findings findings) {
    for (Document config : workspace.documents(Kind.PROMETHEUS)) {
      List<Node.Scalar> patterns =
          Shape.itemsAt(config.root(), "rule_files").stream()
              .flatMap(item -> Shape.scalar(item).stream())
              .toList();
      List<Seen> seen =
          workspace.composeProjects().stream()
              .flatMap(project -> project.seenBy(config.source().path()).stream())
              .filter(RuleFiles::isPrometheus)
              .toList();
      for (Node.Scalar pattern : patterns) {
        entry(workspace, config.source(), pattern, seen, findings);
      }
      if (isMain(config)) {
        seen.forEach(container -> loaded(workspace, config, patterns, container, findings));
      }
    }
  }

  /** Others, such as a container to develop in, may see the file without running from it. */
  private static boolean isPrometheus(Seen seen) {
    String image =
        Shape.scalarAt(seen.service().definition(), "image").map(Node.Scalar::text).orElse("");
    return image.toLowerCase(Locale.ROOT).contains("prom")
        || seen.path().startsWith("/etc/prometheus/")
        || seen.service().words().stream().anyMatch(word -> word.text().contains(seen.path()));
  }

  /** Whether this is the file that Prometheus starts from, not a part that it includes. */
  private static boolean isMain(Document config) {
    return Shape.at(config.root(), "rule_files").isPresent()
        || Shape.at(config.root(), "global").isPresent();
  }

  private static void entry(
      Workspace workspace,
      SourceFile source,
      Node.Scalar pattern,
      List<Seen> seen,
      Findings findings) {
    List<RulePattern> patterns = new ArrayList<>();
    for (Seen container : seen) {
      RulePattern.in(container, pattern.text()).ifPresent(patterns::add);
    }
    if (seen.isEmpty() && !pattern.text().startsWith("/")) {
      Path folder = Objects.requireNonNull(source.path().getParent(), "a file lies in a folder");
      patterns.add(RulePattern.onHost(folder, pattern.text()));
    } else if (seen.isEmpty()) {
      findings.note(
          source,
          source.spot(pattern),
          "no Compose service mounts this file, so what it sees at "
              + pattern.text()
              + " is not known");
      return;
    }
    if (patterns.isEmpty()) {
      findings.add(
          source,
          source.spot(pattern),
          seen.get(0).service().name() + " mounts nothing of the project at " + pattern.text());
    } else if (patterns.stream().allMatch(p -> p.files().isEmpty())) {
      RulePattern first = patterns.get(0);
      findings.add(
          source,
          source.spot(pattern),
          "no file matches: " + workspace.shown(first.folder()) + first.rest() + there(first),
          first.deeper().map(d -> deepened(pattern.text(), d)).orElse("mount it, or remove it"));
    }
  }

  private static String there(RulePattern pattern) {
    List<String> names = pattern.beside();
    return names.isEmpty() ? "" : "; there is " + String.join(", ", names);
  }

  /** The pattern that would lead to the rule files further down. */
  private static String deepened(String pattern, String folder) {
    int name = pattern.lastIndexOf('/') + 1;
    return pattern.substring(0, name) + folder + "/" + pattern.substring(name);
  }

  private static void loaded(
      Workspace workspace,
      Document config,
      List<Node.Scalar> patterns,
      Seen container,
      Findings findings) {
    List<Path> loaded =
        patterns.stream()
            .map(pattern -> RulePattern.in(container, pattern.text()))
            .flatMap(Optional::stream)
            .flatMap(pattern -> pattern.files().stream())
            .toList();
    for (Document rules : workspace.documents(Kind.RULES)) {
      Path path = rules.source().path();
      container.mounts().stream()
          .flatMap(mount -> mount.containerPath(path).stream())
          .findFirst()
          .filter(inContainer -> !loaded.contains(path))
          .ifPresent(
              inContainer ->
                  findings.add(
                      rules.source(),
                      rules.source().start(),
                      container.service().name()
                          + " sees this file as "
                          + inContainer
                          + " but does not load it: rule_files in "
                          + config.source().shownAs(),
                      "- " + inContainer));
    }
  }
}
