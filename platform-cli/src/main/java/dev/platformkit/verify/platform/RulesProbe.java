package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.RuleGroup;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Prometheus has loaded a rule file as it stands in the project, and evaluates every rule. */
final class RulesProbe implements Probe {
  private final RuleFile file;
  private final Supplier<List<RuleGroup>> loaded;
  private final Supplier<Prometheus> prometheus;

  RulesProbe(RuleFile file, Supplier<List<RuleGroup>> loaded, Supplier<Prometheus> prometheus) {
    this.file = requireNonNull(file, "file is null");
    this.loaded = requireNonNull(loaded, "loaded is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
  }

  @Override
  public String id() {
    return "metrics/rules";
  }

  @Override
  public String subject() {
    return file.path();
  }

  @Override
  public String expected() {
    return "Prometheus has loaded %s and evaluates its %d rules"
        .formatted(file.path(), file.size());
  }

  @Override
  public Finding look() {
    List<RuleGroup> groups = loaded.get();
    for (RuleFile.Group group : file.groups()) {
      Optional<RuleGroup> found = groups.stream().filter(g -> isSame(g, group)).findFirst();
      if (found.isEmpty()) {
        return Finding.missing("Prometheus holds no group %s of this file".formatted(group.name()));
      }
      Optional<String> difference = difference(group.rules(), found.get().rules());
      if (difference.isPresent()) {
        return Finding.missing("group %s: %s".formatted(group.name(), difference.get()));
      }
    }
    return Finding.pass(file.size() + " rules");
  }

  private boolean isSame(RuleGroup loadedGroup, RuleFile.Group group) {
    Path loadedFrom = Path.of(loadedGroup.file()).getFileName();
    return loadedGroup.name().equals(group.name())
        && Path.of(file.path()).getFileName().equals(loadedFrom);
  }

  private static Optional<String> difference(
      List<RuleFile.Rule> expected, List<Prometheus.Rule> found) {
    List<RuleFile.Rule> asFiles =
        found.stream().map(r -> new RuleFile.Rule(r.name(), r.alerting(), r.pending())).toList();
    for (int i = 0; i < Math.max(expected.size(), asFiles.size()); i++) {
      if (i >= asFiles.size()) {
        return Optional.of("rule " + expected.get(i).name() + " is not loaded");
      }
      if (i >= expected.size()) {
        return Optional.of("rule " + asFiles.get(i).name() + " is loaded and not in the file");
      }
      if (!expected.get(i).equals(asFiles.get(i))) {
        return Optional.of(
            "loaded is %s with for: %s, the file says %s with for: %s"
                .formatted(
                    asFiles.get(i).name(),
                    asFiles.get(i).pending(),
                    expected.get(i).name(),
                    expected.get(i).pending()));
      }
      Prometheus.Rule rule = found.get(i);
      if (!rule.health().equals("ok")) {
        return Optional.of(
            "rule %s is %s %s".formatted(rule.name(), rule.health(), rule.lastError()).strip());
      }
    }
    return Optional.empty();
  }

  @Override
  public Finding explain(Finding found) {
    return found.link(prometheus.get().rulesPage());
  }
}
