package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.engine.Container;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.StateFolder;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import dev.platformkit.stack.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the project's files held when each container read them, kept in {@code loaded.json}. Compose
 * compares only where mounted files lie, so that a container would go on with what it read before.
 */
public final class LoadedContent {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a container has read, remembered under its name.
   *
   * @param run which run of which container
   * @param mounted hash by file that it mounts
   * @param definitions hash by Compose file that defines it
   */
  private record Entry(String run, Map<String, String> mounted, Map<String, String> definitions) {
    Entry {
      requireNonNull(run, "run is null");
      mounted = new TreeMap<>(mounted);
      definitions = new TreeMap<>(definitions);
    }
  }

  private final Assembly assembly;
  private final Map<String, ServiceFiles> now = new TreeMap<>();
  private final Map<String, Entry> entries;

  /** Reads the files as they are now, and what is remembered. */
  public LoadedContent(Assembly assembly, Variables variables) {
    this.assembly = requireNonNull(assembly, "assembly is null");
    Map<Path, String> hashes = new HashMap<>();
    for (Stack stack : assembly.stacks()) {
      for (Service service : assembly.services(stack)) {
        now.put(service.name(), ServiceFiles.of(assembly, stack, service, variables, hashes));
      }
    }
    this.entries = read();
  }

  /** The services that read each file, by file; names are relative to the project. */
  public Map<String, Collection<String>> readers() {
    Map<String, Collection<String>> readers = new TreeMap<>();
    now.forEach(
        (service, files) ->
            Stream.concat(files.mounted().keySet().stream(), files.definitions().keySet().stream())
                .forEach(file -> readers.computeIfAbsent(file, f -> new TreeSet<>()).add(service)));
    return readers;
  }

  /**
   * The first mounted file that a running container has not read in its present form; empty when it
   * has read all.
   */
  Optional<String> changedSinceRead(Container container) {
    Map<String, String> mounted = files(container).mounted();
    Optional<Entry> entry = entry(container);
    if (entry.isPresent()) {
      return changed(entry.get().mounted(), mounted).min(singleFirst(container));
    }
    return mounted.keySet().stream()
        .filter(file -> stale(file, container).isPresent())
        .min(singleFirst(container));
  }

  /** Whether a container that goes on sees what became of a file, and needs only to read it. */
  boolean isSeen(String file, Container container) {
    return !files(container).single().contains(file);
  }

  /**
   * Why a container does not run with a file as it is now; empty when it does. Where nobody
   * remembers what it read, because somebody else started it, the file's time decides.
   */
  public Optional<String> stale(String file, Container container) {
    Optional<Entry> entry = entry(container);
    if (entry.isPresent()) {
      String hash = files(container).hash(file);
      boolean same =
          hash.equals(entry.get().mounted().get(file))
              || hash.equals(entry.get().definitions().get(file));
      return same
          ? Optional.empty()
          : Optional.of(
              "%s has read it as it was before (started %s)"
                  .formatted(container.name(), container.started().orElse(Instant.EPOCH)));
    }
    Instant changed = modified(assembly.project().root().resolve(file));
    Instant started = container.started().orElse(Instant.EPOCH);
    return changed.isAfter(started)
        ? Optional.of(
            "%s was started %s, the file was changed %s"
                .formatted(container.name(), started, changed))
        : Optional.empty();
  }

  /** Remembers that these containers have read the files as they are now. */
  void remember(Collection<Container> containers) {
    for (Container container : containers) {
      ServiceFiles files = now.get(container.service());
      if (files != null) {
        entries.put(
            container.name(), new Entry(run(container), files.mounted(), files.definitions()));
      }
    }
    try {
      StateFolder.write(
          file(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entries) + "\n");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> changed(Map<String, String> then, Map<String, String> now) {
    return Stream.concat(now.keySet().stream(), then.keySet().stream())
        .filter(file -> !Objects.equals(now.get(file), then.get(file)));
  }

  /** Of several that changed, one that needs more to be read comes first. */
  private Comparator<String> singleFirst(Container container) {
    return Comparator.<String, Boolean>comparing(file -> isSeen(file, container))
        .thenComparing(Comparator.naturalOrder());
  }

  private ServiceFiles files(Container container) {
    return now.getOrDefault(container.service(), ServiceFiles.NONE);
  }

  private Optional<Entry> entry(Container container) {
    return Optional.ofNullable(entries.get(container.name()))
        .filter(entry -> entry.run().equals(run(container)));
  }

  /** A container that was started anew has read its files anew. */
  private static String run(Container container) {
    return container.id() + container.started().map(at -> " " + at).orElse("");
  }

  private Path file() {
    return assembly.platform().state().resolve("loaded.json");
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
          .detail("it can be deleted: what it remembers is only which files are new")
          .causedBy(e);
    }
  }

  private static Instant modified(Path file) {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      return time.toInstant();
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    }
  }
}
