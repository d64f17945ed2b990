package dev.platformkit.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files in a folder, judged by every check. */
final class Judged {
  private final Path folder;

  Judged(Path folder) {
    this.folder = folder;
  }

  Judged with(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Everything found in the folder. */
  List<Finding> findings() {
    return judgement(folder).findings();
  }

  /** What is found as {@code id file:line:column message}. */
  List<String> told() {
    return findings().stream().map(Judged::told).toList();
  }

  static String told(Finding finding) {
    return finding.check() + " " + finding.position() + " " + finding.message();
  }

  static Judgement judgement(Path folder) {
    return new Judge(Registry.checks()).judge(WorkspaceReader.read(folder, List.of(folder)));
  }
}
