package dev.platformkit.command;

import dev.platformkit.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * What {@code --target} was given: URLs of services, and at most one file that describes a platform
 * that runs elsewhere.
 */
record Targets(Map<String, String> urls, Optional<Path> file) {
  Targets {
    urls = Map.copyOf(urls);
  }

  /**
   * Tells the two apart: {@code SERVICE=URL}, or a file.
   *
   * @throws Problem exit 2 for what is neither
   */
  static Targets of(List<String> given) {
    Map<String, String> urls = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    for (String each : given) {
      int equals = each.indexOf('=');
      if (isFile(each)) {
        files.add(Path.of(each));
      } else if (equals > 0) {
        String url = each.substring(equals + 1);
        if (HttpUrl.parse(url) == null) {
          throw Problem.usage("--target " + each + " is not a URL of HTTP");
        }
        urls.put(each.substring(0, equals), url);
      } else {
        throw Problem.usage("--target " + each + " is neither SERVICE=URL nor a file")
            .detail("a file describes a platform that runs elsewhere");
      }
    }
    if (files.size() > 1) {
      throw Problem.usage("--target names two files: " + files.get(0) + " and " + files.get(1));
    }
    return new Targets(urls, files.stream().findFirst());
  }

  private static boolean isFile(String given) {
    return !given.contains("=")
        && (given.matches(".*\\.ya?ml") || Files.isRegularFile(Path.of(given)));
  }
}
