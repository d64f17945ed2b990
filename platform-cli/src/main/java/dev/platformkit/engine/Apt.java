package dev.platformkit.engine;

import dev.platformkit.engine.AptSources.Source;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Packages from the distribution's signed sources; apt verifies what it fetches. */
final class Apt {
  private static final Path DEBIAN_KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
  private static final Path PLUGINS_IN_PACKAGE = Path.of("usr/libexec/docker/cli-plugins");

  private final Path etcApt;

  Apt(Path etcApt) {
    this.etcApt = etcApt;
  }

  /** Fetches the lists of packages. One source of several that fails is no failure yet. */
  void update() {
    apt(List.of("apt-get", "update", "-q")).run();
  }

  void install(List<String> packages) {
    List<String> command =
        new ArrayList<>(List.of("apt-get", "install", "-y", "-q", "--no-install-recommends"));
    command.addAll(packages);
    succeed(apt(command), "apt could not install " + String.join(" ", packages)).run();
  }

  /**
   * The version that would be installed, by package; packages that apt does not know are absent.
   */
  Map<String, String> versions(List<String> packages) {
    List<String> command = new ArrayList<>(List.of("apt-cache", "policy"));
    command.addAll(packages);
    return candidates(apt(command).run().out());
  }

  static Map<String, String> candidates(String policy) {
    Map<String, String> versions = new HashMap<>();
    String current = "";
    for (String line : policy.split("\n", -1)) {
      if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0)) && line.endsWith(":")) {
        current = line.substring(0, line.length() - 1);
      } else if (line.strip().startsWith("Candidate:")) {
        String version = line.substring(line.indexOf(':') + 1).strip();
        if (!version.equals("(none)")) {
          versions.put(current, version);
        }
      }
    }
    return versions;
  }

  /**
   * Brings plugins of the docker client from a later release of the distribution: fetched by apt
   * from this machine's own mirror with the distribution's keys, in a folder of its own so that the
   * machine's package lists never see that release, and unpacked instead of installed.
   */
  void borrowPlugins(String codename, String release, List<String> packages, Path into) {
    Source own =
        AptSources.read(etcApt)
            .serving(codename)
            .orElseThrow(
                () ->
                    Problem.unable("no mirror of " + codename + " stands in apt's sources")
                        .detail("looked in " + etcApt + "/sources.list and sources.list.d"));
    Path work = temporary();
    try {
      Path list =
          Files.writeString(
              work.resolve("sources.list"),
              "deb [signed-by=%s] %s %s main%n"
                  .formatted(own.signedBy().orElse(DEBIAN_KEYS), own.uri(), release));
      Files.createDirectories(work.resolve("lists/partial"));
      List<String> options =
          List.of(
              "-o", "Dir::Etc::SourceList=" + list,
              "-o", "Dir::Etc::SourceParts=/dev/null",
              "-o", "Dir::State::Lists=" + work.resolve("lists"),
              "-o", "Dir::Cache::pkgcache=",
              "-o", "Dir::Cache::srcpkgcache=");
      String failure = "apt could not fetch " + String.join(" ", packages) + " of " + release;
      succeed(apt(command(options, List.of("update", "-q"))).in(work), failure).run();
      List<String> download = new ArrayList<>(List.of("download", "-q"));
      download.addAll(packages);
      succeed(apt(command(options, download)).in(work), failure).run();
      unpack(work, into);
    } catch (IOException e) {
      throw Problem.unable("cannot unpack the docker client's plugins: " + e).causedBy(e);
    } finally {
      delete(work);
    }
  }

  private static void unpack(Path work, Path into) throws IOException {
    Files.createDirectories(into);
    try (Stream<Path> files = Files.list(work)) {
      for (Path deb : files.filter(f -> f.toString().endsWith(".deb")).toList()) {
        Path tree = work.resolve("tree");
        succeed(
                Subprocess.of("dpkg-deb", "-x", deb.toString(), tree.toString()),
                "cannot unpack " + deb.getFileName())
            .run();
      }
    }
    try (Stream<Path> plugins = Files.list(work.resolve("tree").resolve(PLUGINS_IN_PACKAGE))) {
      for (Path plugin : plugins.toList()) {
        Path next = into.resolve(plugin.getFileName() + ".new");
        Files.copy(plugin, next, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(next, into.resolve(plugin.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<String> command(List<String> options, List<String> rest) {
    List<String> command = new ArrayList<>(List.of("apt-get"));
    command.addAll(options);
    command.addAll(rest);
    return command;
  }

  private static Subprocess apt(List<String> command) {
    return Subprocess.of(command)
        .with(Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C.UTF-8"));
  }

  private static Checked succeed(Subprocess process, String failure) {
    return new Checked(process, failure);
  }

  /** A program whose failure is a problem that shows what it last said. */
  private record Checked(Subprocess process, String failure) {
    void run() {
      Subprocess.Output output = process.run();
      if (!output.good()) {
        Problem problem = Problem.unable(failure + " (exit " + output.exit() + ")");
        for (String line : output.lastLines()) {
          problem = problem.detail(line);
        }
        throw problem.tryCommand(String.join(" ", process.command()));
      }
    }
  }

  private static Path temporary() {
    try {
      Path work = Files.createTempDirectory("platform-apt-");
      // apt fetches as a user of its own, who has to get in
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
      return work;
    } catch (IOException e) {
      throw Problem.unable("cannot make a temporary folder: " + e).causedBy(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw Problem.unable("cannot remove " + folder + ": " + e).causedBy(e);
    }
  }
}
