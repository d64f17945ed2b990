package dev.platformkit.verify.platform;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which metrics a project has a use for: every name that its rules, dashboards and journeys hold.
 */
final class NeededNames {
  private static final List<String> FOLDERS =
      List.of("alert-rules", "dashboards", "sample-services/journeys");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern FILE =
      Pattern.compile(".*(\\.rules\\.yaml|\\.json|journeys/[^/]*\\.ya?ml)");

  private NeededNames() {}

  /** Whatever could be a metric's name in those files. */
  static Set<String> of(Path root) {
    Set<String> names = new HashSet<>();
    for (String folder : FOLDERS) {
      for (Path file : files(root.resolve(folder))) {
        Matcher name = NAME.matcher(read(file));
        while (name.find()) {
          names.add(name.group());
        }
      }
    }
    return names;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> FILE.matcher(file.toString()).matches()).toList();
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
