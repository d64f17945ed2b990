package dev.platformkit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a folder as the engine hands them out: a tar of the folder. */
final class ContainerFiles {
  private ContainerFiles() {}

  /** The texts of the files that stand directly in the folder, by name. */
  static Map<String, String> read(InputStream tar) throws IOException {
    Map<String, String> texts = new HashMap<>();
    TarArchiveInputStream entries = new TarArchiveInputStream(tar);
    for (TarArchiveEntry entry = entries.getNextEntry();
        entry != null;
        entry = entries.getNextEntry()) {
      int slash = entry.getName().indexOf('/');
      String name = entry.getName().substring(slash + 1);
      if (entry.isFile() && !name.contains("/")) {
        texts.put(name, new String(entries.readAllBytes(), UTF_8));
      }
    }
    return texts;
  }
}
