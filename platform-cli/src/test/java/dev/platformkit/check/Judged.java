package dev.platformkit.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files in a folder, judged by every check. */
public final class Judged {
  private final Path folder;

  public Judged(Path folder) {
    this.folder = folder;
  }

  public Judged with(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Everything found in the folder. */
  public List<Finding> findings() {
    return judgement(folder).findings();
  }

  /** What is found as {@code file:line:column message}. */
  public List<String> told() {
    return findings().stream().map(Judged::told).toList();
  }

  /** What one check finds. */
  public List<String> told(String check) {
    return findings().stream().filter(f -> f.check().equals(check)).map(Judged::told).toList();
  }

  /** What to write instead, as one check says. */
  public List<String> fixes(String check) {
    return findings().stream()
        .filter(f -> f.check().equals(check))
        .map(f -> f.fix().orElse(""))
        .toList();
  }

  static String told(Finding finding) {
    return finding.position() + " " + finding.message();
  }

  public static Judgement judgement(Path folder) {
    return new Judge(Registry.checks()).judge(WorkspaceReader.read(folder, List.of(folder)));
  }
}
