package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.util.List;
import java.util.function.Supplier;

/**
 * Prometheus evaluates no rules but the project's: not those of a file that is gone, for example.
 */
final class StrayRules implements Probe {
  private final List<RuleFile> files;
  private final Supplier<List<RuleGroup>> loaded;
  private final Supplier<Prometheus> prometheus;

  StrayRules(
      List<RuleFile> files, Supplier<List<RuleGroup>> loaded, Supplier<Prometheus> prometheus) {
    this.files = List.copyOf(files);
    this.loaded = requireNonNull(loaded, "loaded is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
  }

  @Override
  public String id() {
    return "metrics/stray-rules";
  }

  @Override
  public String subject() {
    return "prometheus";
  }

  @Override
  public String expected() {
    return "no group of rules that stands in no file of the project";
  }

  @Override
  public Finding look() {
    List<String> strays =
        loaded.get().stream()
            .filter(group -> files.stream().noneMatch(file -> stands(group, file)))
            .map(group -> "%s (%s)".formatted(group.name(), group.file()))
            .toList();
    return strays.isEmpty()
        ? Finding.pass("none")
        : Finding.missing("Prometheus evaluates " + String.join(", ", strays));
  }

  private static boolean stands(RuleGroup group, RuleFile file) {
    return file.isSource(group.file())
        && file.groups().stream().anyMatch(each -> each.name().equals(group.name()));
  }

  @Override
  public Finding explain(Finding found) {
    return found.link(prometheus.get().rulesPage());
  }
}
