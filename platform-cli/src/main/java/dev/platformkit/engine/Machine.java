package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What matters of this machine when an engine has to be installed or started on it.
 *
 * @param distribution {@code debian}, {@code ubuntu} ..., or {@code linux} where it does not say
 * @param codename its release, for example {@code bookworm}; empty where it does not say
 * @param debianFamily whether packages come through apt
 * @param root whether we run with root's rights
 * @param systemd whether systemd is the first process, so that services are started through it
 * @param tools which of {@link Tool} are there
 */
public record Machine(
    String distribution,
    String codename,
    boolean debianFamily,
    boolean root,
    boolean systemd,
    Set<Tool> tools) {

  /** What an engine and local builds need on the machine. */
  public enum Tool {
    DOCKERD("dockerd"),
    CLIENT("docker"),
    COMPOSE("the Compose plugin"),
    BUILDX("the buildx plugin"),
    IPTABLES("iptables"),
    DEBOOTSTRAP("debootstrap");

    private final String words;

    Tool(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  public Machine {
    requireNonNull(distribution, "distribution is null");
    requireNonNull(codename, "codename is null");
    tools = Set.copyOf(tools);
  }

  /** This machine as it is now. */
  public static Machine read() {
    Map<String, String> release = release(Path.of("/etc/os-release"));
    String distribution = release.getOrDefault("ID", "linux");
    List<String> family = List.of(release.getOrDefault("ID_LIKE", "").split(" "));
    Set<Tool> tools = new TreeSet<>();
    add(tools, Tool.DOCKERD, Executables.find("dockerd"));
    add(tools, Tool.CLIENT, DockerClientTools.client());
    add(tools, Tool.COMPOSE, DockerClientTools.plugin("compose"));
    add(tools, Tool.BUILDX, DockerClientTools.plugin("buildx"));
    add(tools, Tool.IPTABLES, Executables.find("iptables"));
    add(tools, Tool.DEBOOTSTRAP, Executables.find("debootstrap"));
    return new Machine(
        distribution,
        release.getOrDefault("VERSION_CODENAME", ""),
        (distribution.equals("debian") || family.contains("debian"))
            && Executables.find("apt-get").isPresent(),
        "root".equals(System.getProperty("user.name")),
        Files.isDirectory(Path.of("/run/systemd/system")),
        tools);
  }

  public boolean has(Tool tool) {
    return tools.contains(tool);
  }

  private static void add(Set<Tool> tools, Tool tool, Optional<Path> file) {
    if (file.isPresent()) {
      tools.add(tool);
    }
  }

  private static Map<String, String> release(Path file) {
    Map<String, String> release = new HashMap<>();
    if (!Files.isReadable(file)) {
      return release;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          release.put(
              line.substring(0, equals), line.substring(equals + 1).replaceAll("^\"|\"$", ""));
        }
      }
    } catch (IOException e) {
      throw Problem.unable("cannot read " + file + ": " + e).causedBy(e);
    }
    return release;
  }
}
