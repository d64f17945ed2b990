package dev.platformkit.engine;

import dev.platformkit.engine.Machine.Tool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which packages bring what a machine lacks.
 *
 * @param packages to install from the distribution's own release
 * @param borrowed plugins that this release does not have and the next one does: their packages are
 *     unpacked from there, not installed
 */
record InstallPlan(List<String> packages, List<String> borrowed) {
  /** The Debian release that first carries Compose and buildx as plugins. */
  static final String LENDER = "trixie";

  /** Packages of the Compose plugin by distribution; the last was another program before 2.0. */
  private static final List<String> COMPOSE =
      List.of("docker-compose-v2", "docker-compose-plugin", "docker-compose");

  private static final List<String> BUILDX = List.of("docker-buildx", "docker-buildx-plugin");

  InstallPlan {
    packages = List.copyOf(packages);
    borrowed = List.copyOf(borrowed);
  }

  /** Every package whose version the plan depends on. */
  static List<String> asked() {
    List<String> asked = new ArrayList<>(COMPOSE);
    asked.addAll(BUILDX);
    asked.add("docker-cli");
    return asked;
  }

  /**
   * @param missing what the machine lacks
   * @param versions the version that apt would install, by package; absent where it knows none
   */
  static InstallPlan of(Set<Tool> missing, Map<String, String> versions) {
    Set<String> packages = new LinkedHashSet<>();
    List<String> borrowed = new ArrayList<>();
    for (Tool tool : Tool.values()) {
      if (!missing.contains(tool)) {
        continue;
      }
      switch (tool) {
        case DOCKERD -> packages.add("docker.io");
        case CLIENT ->
            packages.add(versions.containsKey("docker-cli") ? "docker-cli" : "docker.io");
        case IPTABLES -> packages.add("iptables");
        case DEBOOTSTRAP -> packages.add("debootstrap");
        case COMPOSE ->
            first(COMPOSE, versions)
                .ifPresentOrElse(packages::add, () -> borrowed.add("docker-compose"));
        case BUILDX ->
            first(BUILDX, versions)
                .ifPresentOrElse(packages::add, () -> borrowed.add("docker-buildx"));
      }
    }
    return new InstallPlan(List.copyOf(packages), borrowed);
  }

  private static Optional<String> first(List<String> candidates, Map<String, String> versions) {
    return candidates.stream()
        .filter(versions::containsKey)
        .filter(name -> !name.equals("docker-compose") || major(versions.get(name)) >= 2)
        .findFirst();
  }

  private static int major(String version) {
    String digits = version.replaceFirst("^\\d+:", "").replaceFirst("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
