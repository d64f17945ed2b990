package dev.platformkit.lifecycle;

import dev.platformkit.problem.Problem;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Mount;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import dev.platformkit.stack.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The project's files that make a service what it is, hash by name relative to the project.
 *
 * @param mounted what it mounts; tests of rules lie beside the rules and are read by nobody
 * @param definitions the Compose files that define it
 * @param single those that are mounted as files, not within a folder: what replaces such a file is
 *     seen only by a container that is started anew
 */
record ServiceFiles(
    Map<String, String> mounted, Map<String, String> definitions, Set<String> single) {
  static final ServiceFiles NONE = new ServiceFiles(Map.of(), Map.of(), Set.of());

  private static final String RULE_TEST = ".test.yaml";

  ServiceFiles {
    mounted = new TreeMap<>(mounted);
    definitions = new TreeMap<>(definitions);
    single = Set.copyOf(single);
  }

  /**
   * Reads them.
   *
   * @param hashes of files that were read already
   */
  static ServiceFiles of(
      Assembly assembly,
      Stack stack,
      Service service,
      Variables variables,
      Map<Path, String> hashes) {
    Path root = assembly.project().root();
    Map<String, String> mounted = new TreeMap<>();
    Set<String> single = new TreeSet<>();
    for (Mount mount : assembly.mounts(stack, service, variables)) {
      boolean generated = mount.source().startsWith(root.resolve(".platform"));
      if (mount.source().startsWith(root) && !generated && !mount.source().equals(root)) {
        if (Files.isRegularFile(mount.source())) {
          single.add(root.relativize(mount.source()).toString());
        }
        try (Stream<Path> files = Files.walk(mount.source())) {
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(RULE_TEST))
              .forEach(
                  file ->
                      mounted.put(
                          root.relativize(file).toString(),
                          hashes.computeIfAbsent(file, ServiceFiles::hash)));
        } catch (IOException e) {
          throw Problem.usage(mount.position() + "  cannot read " + mount.source() + ": " + e)
              .causedBy(e);
        }
      }
    }
    Map<String, String> definitions = new TreeMap<>();
    for (Path file : assembly.files(stack)) {
      definitions.put(
          root.relativize(file).toString(), hashes.computeIfAbsent(file, ServiceFiles::hash));
    }
    return new ServiceFiles(mounted, definitions, single);
  }

  /** A file's hash; empty where it is none of these. */
  String hash(String file) {
    return mounted.getOrDefault(file, definitions.getOrDefault(file, ""));
  }

  private static String hash(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
