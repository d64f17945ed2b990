package dev.platformkit.verify.run;

import dev.platformkit.engine.Container;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a platform was made of when it was judged. */
public final class Facts {
  private static final List<String> CONFIGURATION =
      List.of("stacks", "alert-rules", "dashboards", "filebeat", "logstash", "kv");

  private Facts() {}

  /** Images by content id and configuration by hash, so that two runs can be compared. */
  static Evidence.Subject of(Platform platform, List<Container> containers) {
    List<Evidence.Image> images =
        containers.stream()
            .map(c -> new Evidence.Image(c.service(), c.image(), c.imageId()))
            .distinct()
            .toList();
    Map<String, String> configs = new TreeMap<>();
    for (String folder : CONFIGURATION) {
      Path path = platform.root().resolve(folder);
      for (Path file : files(path)) {
        String name = platform.root().relativize(file).toString();
        if (!name.startsWith("stacks/images/")) {
          configs.put(name, hash(file));
        }
      }
    }
    return new Evidence.Subject(platform.name(), images, configs);
  }

  /** The platform's generated secrets, none of which may stand in evidence. */
  static Redaction secrets(Platform platform) {
    Redaction redaction = new Redaction();
    for (Path file : files(platform.secrets())) {
      redaction.add(read(file));
    }
    return redaction;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
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

  /** What a file held, {@code sha256:…}. */
  public static String hash(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return "sha256:" + HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
