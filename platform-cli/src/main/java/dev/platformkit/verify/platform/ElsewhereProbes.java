package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.ClockOffset;
import dev.platformkit.backend.Consul;
import dev.platformkit.backend.HttpCall;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Exposed;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Recent;
import dev.platformkit.verify.Settled;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is judged of a platform that runs elsewhere, whatever journeys there are: only what can be
 * known without an engine and by reading alone. The rest is told as left out.
 */
public final class ElsewhereProbes {
  /** Elsewhere a scrape may be due less often than a run lasts. */
  private static final Duration LATELY = Duration.ofSeconds(90);

  private final Addresses addresses;
  private final Supplier<Prometheus> prometheus;
  private final List<Probe> probes = new ArrayList<>();

  private ElsewhereProbes(Addresses addresses) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.prometheus = () -> new Prometheus(addresses.server("prometheus", 9090));
  }

  /**
   * The probes.
   *
   * @param root the project's folder, whose rules may be loaded there
   * @param services those that the run's journeys speak of
   * @param registered those of them that Consul must know
   */
  public static List<Probe> all(
      Path root, Set<String> services, List<String> registered, Addresses addresses) {
    ElsewhereProbes all = new ElsewhereProbes(addresses);
    all.addTargets(services);
    all.addRules(root);
    for (String service : registered) {
      all.probes.add(
          new RegisteredProbe(service, () -> new Consul(addresses.server("consul", 8500))));
    }
    all.probes.add(
        new ClockProbe(
            Map.of(
                "prometheus",
                () -> all.prometheus.get().clock(),
                "consul",
                () -> all.clock("consul", 8500, "/v1/status/leader"),
                "jaeger",
                () -> all.clock("jaeger", 16686, "/api/v3/services"))));
    all.leaveOut("platform/containers", "containers", "only their engine knows what they do");
    all.leaveOut("config/drift", "configuration", "only its engine knows what was mounted");
    String pushes = "it would push a metric to the platform";
    all.leaveOut("alerts/synthetic", "PlatformProbe", pushes);
    all.leaveOut("alerts/routed", "production's route", pushes);
    String decided = "what is routed and silenced there is for its people to decide";
    all.leaveOut("alerts/routes", "alertmanager", decided);
    all.leaveOut("alerts/silences", "alertmanager", decided);
    all.leaveOut(
        "dashboards/panels", "dashboards", "which are used there is for its people to say");
    all.leaveOut("kv/seen", "consul", "it would write to the platform's key-value store");
    all.leaveOut("alerts/fed", "prometheus", "what is scraped there is for its people to say");
    String counters = "its own counters are out of reach";
    all.leaveOut("logs/kept", "containers", "only their engine knows what they wrote last");
    all.leaveOut("logs/shipped", "filebeat", counters);
    all.leaveOut("traces/shipped", "collector", counters);
    all.leaveOut("traces/kept", "collector", "it would send a span to the platform");
    return all.probes;
  }

  private Optional<ClockOffset> clock(String server, int port, String path) {
    return addresses.server(server, port).clock(HttpCall.get(path));
  }

  /** Something that a probe may be left without: the server's answer, or why there is none. */
  private <T> Optional<T> asked(String id, String subject, Supplier<T> question) {
    Finding finding;
    try {
      return Optional.of(question.get());
    } catch (NotPartOfPlatformException e) {
      finding = Finding.skip(e.getMessage());
    } catch (NotRunningException | BackendException e) {
      finding = Finding.inconclusive(e.getMessage());
    }
    probes.add(new Settled(id, subject, "judged", finding));
    return Optional.empty();
  }

  /** Which jobs there have to be is the platform's own affair; those it has must be up. */
  private void addTargets(Set<String> services) {
    Optional<List<Prometheus.Target>> known =
        asked("metrics/targets", "prometheus", () -> prometheus.get().targets());
    if (known.isEmpty()) {
      return;
    }
    Recent<List<Prometheus.Target>> targets = new Recent<>(() -> prometheus.get().targets());
    Instant lately = Instant.now().minus(LATELY);
    for (String service : services) {
      if (known.get().stream().anyMatch(target -> target.job().equals(service))) {
        ScrapeJobs.Job job =
            new ScrapeJobs.Job(
                service, "as Prometheus has it", 1, List.of(), List.of(), true, false);
        probes.add(
            new TargetProbe(
                job,
                targets::get,
                prometheus,
                new Exposed(addresses),
                Set.of(),
                new TargetOwners(List.of(), addresses),
                lately));
      } else {
        leaveOut("metrics/targets", service, "Prometheus has no job of that name");
      }
    }
  }

  /** The project's rules are judged where any of them is loaded: then all of them have to be. */
  private void addRules(Path root) {
    List<RuleFile> files = RuleFile.all(root);
    if (files.isEmpty()) {
      return;
    }
    Optional<List<RuleGroup>> loaded =
        asked("metrics/rules", "prometheus", () -> prometheus.get().rules());
    if (loaded.isEmpty()) {
      return;
    }
    boolean any =
        files.stream()
            .flatMap(file -> file.groups().stream())
            .anyMatch(group -> loaded.get().stream().anyMatch(l -> l.name().equals(group.name())));
    if (!any) {
      leaveOut("metrics/rules", "alert-rules", "Prometheus has loaded none of their groups");
      return;
    }
    Recent<List<RuleGroup>> rules = new Recent<>(() -> prometheus.get().rules());
    for (RuleFile file : files) {
      probes.add(new RulesProbe(file, rules::get, prometheus, Instant.now()));
    }
  }

  private void leaveOut(String id, String subject, String reason) {
    probes.add(new Settled(id, subject, "judged", Finding.skip(reason)));
  }
}
