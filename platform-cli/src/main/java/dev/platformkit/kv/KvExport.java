package dev.platformkit.kv;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.ConsulKv.Entry;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes what is stored into files that say the same. A file that says it already stays as it is,
 * comments and all; one that says something else is replaced only where that was asked for.
 *
 * @param written by name
 * @param unchanged the files that said it already
 * @param leftOut keys that no file can hold, each with the reason
 */
public record KvExport(List<String> written, List<String> unchanged, List<String> leftOut) {
  public KvExport {
    written = List.copyOf(written);
    unchanged = List.copyOf(unchanged);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Exports.
   *
   * @param root against which file names are shown
   * @param folder where the files stand, or will
   * @param services only these; empty for all
   * @param overwrite whether files that say something else are replaced
   * @throws Problem exit 2, and nothing is written, where such a file may not be
   */
  public static KvExport write(
      Path root,
      Path folder,
      Desired desired,
      List<Entry> stored,
      List<String> services,
      boolean overwrite) {
    SortedMap<String, SortedMap<String, String>> byService = new TreeMap<>();
    List<String> leftOut = new ArrayList<>();
    for (Entry entry : stored) {
      Optional<String> service = Keys.serviceOf(entry.key());
      boolean asked = services.isEmpty() || service.filter(services::contains).isPresent();
      if (!asked || Keys.isProbe(entry.key())) {
        continue;
      }
      Optional<String> why = unfit(service, entry);
      if (why.isPresent()) {
        leftOut.add(entry.key() + ": " + why.get());
      } else {
        byService
            .computeIfAbsent(service.orElseThrow(), s -> new TreeMap<>())
            .put(entry.key(), entry.value().orElseThrow());
      }
    }
    return write(root, folder, desired, byService, leftOut, overwrite);
  }

  private static KvExport write(
      Path root,
      Path folder,
      Desired desired,
      SortedMap<String, SortedMap<String, String>> byService,
      List<String> leftOut,
      boolean overwrite) {
    SortedMap<String, String> texts = new TreeMap<>();
    List<String> unchanged = new ArrayList<>();
    List<String> inTheWay = new ArrayList<>();
    byService.forEach(
        (service, values) -> {
          String name = Desired.shown(root, folder.resolve(service + ".yaml"));
          Optional<KvFile> file = Optional.ofNullable(desired.files().get(service));
          if (file.filter(f -> values(f).equals(values)).isPresent()) {
            unchanged.add(name);
            return;
          }
          if (file.isPresent() && !overwrite) {
            inTheWay.add(name);
          }
          texts.put(name, KvText.of(service, values, file));
        });
    if (!inTheWay.isEmpty()) {
      throw Problem.usage(
              "%s says something else than Consul".formatted(String.join(", ", inTheWay)))
          .detail("nothing was written; --overwrite replaces it, its comments too");
    }
    texts.forEach((name, text) -> write(root.resolve(name), text));
    return new KvExport(List.copyOf(texts.keySet()), unchanged, leftOut);
  }

  private static SortedMap<String, String> values(KvFile file) {
    SortedMap<String, String> values = new TreeMap<>();
    file.settings().forEach(setting -> values.put(setting.key(), setting.value()));
    return values;
  }

  /** Why no file can hold a key; empty where one can. */
  private static Optional<String> unfit(Optional<String> service, Entry entry) {
    if (service.isEmpty()) {
      return Optional.of("belongs to no service");
    }
    String name = entry.key().substring(Keys.of(service.get(), "").length());
    return Keys.wrongService(service.get())
        .or(() -> Keys.wrongName(name))
        .or(() -> entry.value().isEmpty() ? Optional.of("is not text") : Optional.empty())
        .or(() -> Keys.tooLarge(entry.value().orElseThrow()));
  }

  private static void write(Path file, String text) {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.createDirectories(requireNonNull(file.getParent(), "below the project"));
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Problem.usage("cannot write " + file + ": " + e).causedBy(e);
    }
  }
}
