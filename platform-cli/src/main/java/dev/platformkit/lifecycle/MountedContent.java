package dev.platformkit.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.engine.Container;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.StateFolder;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Mount;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import dev.platformkit.stack.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the mounted files of the project held when each container was started, by file; kept in
 * {@code mounted.json}. Compose compares only where they lie, so that a container would go on with
 * what it read before.
 */
final class MountedContent {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One service's files.
   *
   * @param container the container that was started with them
   * @param files hash by file, relative to the project
   */
  record Entry(String container, Map<String, String> files) {
    Entry {
      files = new TreeMap<>(files);
    }

    /** The first file that differs from what is there now. */
    Optional<String> changed(Map<String, String> now) {
      return Stream.concat(now.keySet().stream(), files.keySet().stream())
          .filter(file -> !java.util.Objects.equals(now.get(file), files.get(file)))
          .findFirst();
    }
  }

  private final Assembly assembly;
  private final Map<String, Map<String, String>> now = new TreeMap<>();

  /** Reads the mounted files as they are now. */
  MountedContent(Assembly assembly, Variables variables) {
    this.assembly = assembly;
    for (Stack stack : assembly.stacks()) {
      for (Service service : assembly.services(stack)) {
        now.put(service.name(), hashes(assembly.mounts(stack, service, variables)));
      }
    }
  }

  /**
   * The file that a running container has not read in its present form; empty when it has read all,
   * or was not started by {@code up}.
   */
  Optional<String> changedSinceStart(Container container) {
    return Optional.ofNullable(read().get(container.service()))
        .filter(entry -> entry.container().equals(container.id()))
        .flatMap(entry -> entry.changed(now.getOrDefault(container.service(), Map.of())));
  }

  /** Remembers that these containers were started with the files as they are now. */
  void remember(List<Container> containers) {
    Map<String, Entry> entries = read();
    for (Container container : containers) {
      Map<String, String> files = now.get(container.service());
      if (files != null) {
        entries.put(container.service(), new Entry(container.id(), files));
      }
    }
    try {
      StateFolder.write(
          file(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entries) + "\n");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    return assembly.platform().state().resolve("mounted.json");
  }

  private Map<String, Entry> read() {
    if (!Files.exists(file())) {
      return new TreeMap<>();
    }
    try {
      return new TreeMap<>(
          JSON.readValue(file().toFile(), new TypeReference<Map<String, Entry>>() {}));
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file() + ": " + e.getMessage())
          .detail("it can be deleted: what it remembers is only which mounted files are new")
          .causedBy(e);
    }
  }

  private Map<String, String> hashes(List<Mount> mounts) {
    Map<String, String> hashes = new TreeMap<>();
    Path root = assembly.project().root();
    for (Mount mount : mounts) {
      boolean generated = mount.source().startsWith(root.resolve(".platform"));
      if (mount.source().startsWith(root) && !generated && !mount.source().equals(root)) {
        try (Stream<Path> files = Files.walk(mount.source())) {
          files
              .filter(Files::isRegularFile)
              .forEach(file -> hashes.put(root.relativize(file).toString(), hash(file)));
        } catch (IOException e) {
          throw Problem.usage(mount.position() + "  cannot read " + mount.source() + ": " + e)
              .causedBy(e);
        }
      }
    }
    return hashes;
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
