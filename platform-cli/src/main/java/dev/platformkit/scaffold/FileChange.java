package dev.platformkit.scaffold;

import static java.util.Objects.requireNonNull;

import dev.platformkit.scaffold.EntryList.Inserted;
import java.util.List;
import java.util.Optional;

/**
 * One file that is made, or that an entry is put into.
 *
 * @param file below the project's folder
 * @param text all of it, as it is to be
 * @param before as it was; empty where there was none
 * @param line where what is new begins, from 1
 * @param lines how many are new
 */
public record FileChange(String file, String text, Optional<String> before, int line, int lines) {
  public FileChange {
    requireNonNull(file, "file is null");
    requireNonNull(text, "text is null");
    requireNonNull(before, "before is null");
  }

  static FileChange created(String file, String text) {
    return new FileChange(file, text, Optional.empty(), 1, (int) text.lines().count());
  }

  static FileChange entered(String file, String before, Inserted inserted) {
    return new FileChange(
        file, inserted.text(), Optional.of(before), inserted.line(), inserted.lines());
  }

  /** Whether the file is made, and not only changed. */
  public boolean isNew() {
    return before.isEmpty();
  }

  /** What is new in it, line by line. */
  public List<String> added() {
    return text.lines().skip(line - 1L).limit(lines).toList();
  }
}
