package dev.platformkit.verify.platform;

import dev.platformkit.backend.ClockOffset;
import dev.platformkit.backend.HttpCall;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Engine;
import dev.platformkit.kv.Desired;
import dev.platformkit.lifecycle.LoadedContent;
import dev.platformkit.stack.Readiness;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Exposed;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Recent;
import dev.platformkit.verify.flow.Course;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.panel.PanelProbes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Everything that is judged of a platform itself, whatever journeys there are. */
public final class PlatformProbes {
  private PlatformProbes() {}

  /**
   * The probes.
   *
   * @param root the project's folder
   * @param chosen the stacks that the platform was brought up with
   * @param notChosen the names of the project's other stacks
   * @param required the stacks that must not be left out
   * @param content what was remembered of who has read which file
   * @param engine that runs the containers, and holds what they wrote
   * @param course the run
   */
  public static List<Probe> all(
      Path root,
      List<Stack> chosen,
      List<String> notChosen,
      Set<String> required,
      LoadedContent content,
      Engine engine,
      List<Container> containers,
      Addresses addresses,
      Course course) {
    List<Probe> probes = new ArrayList<>();
    Map<String, Supplier<Optional<ClockOffset>>> clocks = new HashMap<>();
    Set<String> services = new HashSet<>();
    for (Stack stack : chosen) {
      for (Service service : stack.services()) {
        if (service.isJob()) {
          continue;
        }
        if (isLeftOut(service, addresses)) {
          probes.add(
              new LeftOut(
                  service.name(),
                  stack.name(),
                  "its profile " + String.join(", ", service.profiles()) + " is not in use",
                  required));
          continue;
        }
        services.add(service.name());
        probes.add(new ServiceProbe(service, addresses));
        if (service.ready() instanceof Readiness.Http http) {
          HttpCall call = HttpCall.get(http.path());
          clocks.put(
              service.name(), () -> addresses.server(service.name(), http.port()).clock(call));
        }
        if (service.registers()) {
          probes.add(new RegistryProbe(service.name(), addresses));
          probes.add(new KvProbe(service.name(), course.nonce(), addresses));
        }
      }
    }
    for (String stack : notChosen) {
      probes.add(new LeftOut(stack, stack, "the platform was brought up without it", required));
    }
    if (!clocks.isEmpty()) {
      probes.add(new ClockProbe(clocks));
    }
    addDrift(probes, root, chosen, content, addresses);
    if (services.contains("consul")) {
      Desired desired = Desired.read(root, root.resolve(Desired.FOLDER));
      for (String service : desired.files().keySet()) {
        probes.add(new KvDriftProbe(service, desired, addresses));
      }
    }
    if (services.contains("prometheus")) {
      Supplier<Prometheus> prometheus = () -> new Prometheus(addresses.server("prometheus", 9090));
      Recent<List<RuleGroup>> rules = new Recent<>(() -> prometheus.get().rules());
      addMetrics(probes, root, chosen, addresses, prometheus, rules::get);
      SyntheticAlert probe = SyntheticAlert.ofProbe(course.nonce());
      SyntheticAlert routed = SyntheticAlert.ofProduction(course.nonce());
      probes.addAll(
          PanelProbes.all(
              root,
              notChosen,
              rules::get,
              Set.of(probe.metric(), routed.metric()),
              () -> addresses.server("prometheus", 9090)));
      probes.add(new AlertProbe(probe, addresses));
      probes.add(new AlertProbe(routed, addresses));
    }
    if (services.contains("filebeat")) {
      probes.add(new ShippedProbe(addresses, course.lines()));
      probes.add(new KeptLinesProbe(containers, engine, addresses, course.lines()));
    }
    if (services.contains(SpanFlow.COLLECTOR)) {
      probes.add(new SpansProbe(course));
      probes.add(new KeptSpanProbe(addresses, Instant.now()));
    }
    return probes;
  }

  private static void addDrift(
      List<Probe> probes,
      Path root,
      List<Stack> chosen,
      LoadedContent content,
      Addresses addresses) {
    ServersWord word = new ServersWord(root, addresses);
    content
        .readers()
        .forEach(
            (file, readers) -> {
              List<Service> services =
                  chosen.stream()
                      .flatMap(stack -> stack.services().stream())
                      .filter(service -> readers.contains(service.name()))
                      .filter(service -> !addresses.containers(service.name()).isEmpty())
                      .toList();
              if (!services.isEmpty()) {
                probes.add(new DriftProbe(file, services, content, word, addresses));
              }
            });
  }

  private static void addMetrics(
      List<Probe> probes,
      Path root,
      List<Stack> chosen,
      Addresses addresses,
      Supplier<Prometheus> prometheus,
      Supplier<List<RuleGroup>> rules) {
    Recent<List<Prometheus.Target>> targets = new Recent<>(() -> prometheus.get().targets());
    Instant start = Instant.now();
    Exposed exposed = new Exposed(addresses);
    Set<String> needed = NeededNames.of(root);
    List<ScrapeJobs.Job> jobs = ScrapeJobs.of(root, chosen);
    TargetOwners owners =
        new TargetOwners(jobs.stream().map(ScrapeJobs.Job::name).toList(), addresses);
    for (ScrapeJobs.Job job : jobs) {
      probes.add(new TargetProbe(job, targets::get, prometheus, exposed, needed, owners, start));
    }
    List<RuleFile> files = RuleFile.all(root);
    for (RuleFile file : files) {
      probes.add(new RulesProbe(file, rules, prometheus, start));
    }
    probes.add(new StrayRules(files, rules, prometheus));
    probes.add(new SilencesProbe(rules, addresses));
    probes.add(new RoutesProbe(rules, addresses));
  }

  private static boolean isLeftOut(Service service, Addresses addresses) {
    return !service.profiles().isEmpty() && addresses.containers(service.name()).isEmpty();
  }
}
