package dev.platformkit.docgen;

import dev.platformkit.check.Check;
import dev.platformkit.check.Example;
import dev.platformkit.check.Judge;
import dev.platformkit.check.Judgement;
import dev.platformkit.check.Registry;
import dev.platformkit.check.WorkspaceReader;
import dev.platformkit.report.findings.FindingsText;
import dev.platformkit.terminal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page for each check, and one that lists them. */
final class CheckPages {
  private static final String FOLDER = "checks/";

  private CheckPages() {}

  /** Text by path, below the folder of the reference. */
  static SortedMap<String, String> all() {
    SortedMap<String, String> pages = new TreeMap<>();
    pages.put(FOLDER + "README.md", index());
    for (Check check : Registry.checks()) {
      pages.put(FOLDER + fileName(check), page(check));
    }
    return pages;
  }

  private static String fileName(Check check) {
    return check.id().replace('/', '-') + ".md";
  }

  private static String index() {
    StringBuilder text = new StringBuilder(ReferencePages.HEADER);
    text.append("# Checks of `platform validate`\n\n");
    text.append("| check | severity | what is right |\n|---|---|---|\n");
    for (Check check : Registry.checks()) {
      text.append("| [`%s`](%s) | ".formatted(check.id(), fileName(check)));
      text.append(check.spec().severity()).append(" | ");
      text.append(check.spec().summary()).append(" |\n");
    }
    text.append(
        """

        A finding that is meant to be is ignored in place, with the reason, on its line or on the one above:

        ```yaml
        # platform:ignore compose/port-exposed -- edge proxy must be reachable
        ```
        """);
    return text.toString();
  }

  private static String page(Check check) {
    Example example = Example.of(check);
    StringBuilder text = new StringBuilder(ReferencePages.HEADER);
    text.append("# ").append(check.id()).append("\n\n");
    text.append(check.spec().summary()).append(" (").append(check.spec().severity());
    text.append(")\n\n").append(example.why().strip()).append("\n\n## For example\n");
    example
        .changes()
        .forEach(
            (file, changes) -> text.append("\n`%s`\n```diff\n%s```\n".formatted(file, changes)));
    text.append("\nBefore the change, `platform validate` says:\n```\n");
    text.append(said(example)).append("```\n");
    return text.toString();
  }

  /** What is said of the bad example. */
  private static String said(Example example) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    FindingsText text =
        new FindingsText(new Console(nowhere, nowhere, false, false, false, true, 120));
    try {
      Path folder = Files.createTempDirectory("platform-docs");
      try {
        example.writeBad(folder);
        Judgement judgement =
            new Judge(Registry.checks()).judge(WorkspaceReader.read(folder, List.of(folder)));
        return judgement.findings().stream().map(text::of).collect(Collectors.joining("\n"));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walked = Files.walk(folder)) {
      paths = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
