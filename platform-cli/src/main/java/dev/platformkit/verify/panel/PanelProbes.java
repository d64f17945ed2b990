package dev.platformkit.verify.panel;

import dev.platformkit.backend.HttpServer;
import dev.platformkit.backend.PrometheusQueries;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.Unreadable;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Settled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One probe for each dashboard of a project, and one for what its rules ask for. */
public final class PanelProbes {
  private PanelProbes() {}

  /**
   * The probes.
   *
   * @param root the project's folder
   * @param absent stacks that the platform was brought up without
   * @param rules that Prometheus has loaded
   * @param pushed metrics that are there only while something is proven with them
   * @param server of Prometheus
   */
  public static List<Probe> all(
      Path root,
      List<String> absent,
      Supplier<List<RuleGroup>> rules,
      Set<String> pushed,
      Supplier<HttpServer> server) {
    Supplier<PrometheusQueries> prometheus = () -> new PrometheusQueries(server.get());
    DataSources sources = DataSources.of(root);
    List<Probe> probes = new ArrayList<>();
    List<Dashboard> dashboards = new ArrayList<>();
    for (Path file : files(root.resolve("dashboards"))) {
      String path = root.relativize(file).toString();
      String uid = file.getFileName().toString().replaceFirst("\\.json$", "");
      try {
        dashboards.add(DashboardReader.read(read(file), uid, path, sources));
      } catch (Unreadable e) {
        String expected = path + " can be read";
        Finding finding = Finding.fail(e.position() + "  " + e.getMessage());
        probes.add(new Settled("dashboards/panels", uid, expected, finding));
      }
    }
    Answers answers = new Answers(prometheus, () -> recorded(rules.get()));
    probes.add(new RulesFedProbe(rules, pushed, absent, answers));
    Panels panels = new Panels(dashboards, sources.interval(), prometheus, answers);
    for (Dashboard dashboard : dashboards) {
      probes.add(new PanelsProbe(dashboard, panels, absent, prometheus));
    }
    return probes;
  }

  private static Set<String> recorded(List<RuleGroup> groups) {
    return groups.stream()
        .flatMap(group -> group.rules().stream())
        .filter(rule -> !rule.alerting())
        .map(RuleGroup.Rule::name)
        .collect(Collectors.toSet());
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw Problem.usage("cannot read " + folder + ": " + e).causedBy(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    }
  }
}
