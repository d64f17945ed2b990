package dev.platformkit.check.yaml;

import static dev.platformkit.project.Project.FILE;
import static dev.platformkit.project.Project.isName;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Document;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.Shape;
import dev.platformkit.problem.Nearest;
import dev.platformkit.project.ImageSource;
import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code platform.yaml} is one that every other command can start from. */
@CheckSpec(
    id = "yaml/project",
    severity = Severity.ERROR,
    summary = "platform.yaml names the project, its stacks that exist, and where images come from.")
public final class Project implements Check {
  private static final List<String> KEYS = List.of("name", "stacks", "images");
  private static final List<String> SOURCES =
      Arrays.stream(ImageSource.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList();

  @Override
  public void run(Workspace workspace, Findings findings) {
    for (Document document : workspace.documents()) {
      if (document.source().path().equals(workspace.root().resolve(FILE))) {
        judge(workspace, document, findings);
      }
    }
  }

  private static void judge(Workspace workspace, Document document, Findings findings) {
    SourceFile source = document.source();
    if (!(document.root() instanceof Node.Mapping root)) {
      findings.add(
          source, source.start(), "expected a mapping, found " + document.root().describe());
      return;
    }
    for (Node.Mapping.Entry entry : root.entries()) {
      if (!KEYS.contains(entry.key()) && !entry.key().startsWith("x-")) {
        tell(
            source,
            source.spot(entry),
            "unknown key \"" + entry.key() + "\"",
            entry.key(),
            KEYS,
            findings);
      }
    }
    for (String key : List.of("name", "stacks")) {
      if (root.get(key).isEmpty()) {
        findings.add(source, source.start(), "the key \"" + key + "\" is missing");
      }
    }
    root.get("name")
        .filter(name -> !(name instanceof Node.Scalar scalar && isName(scalar.text())))
        .ifPresent(
            name ->
                findings.add(
                    source,
                    source.spot(name),
                    name.describe() + " is not a name of lower-case letters, digits, - and _"));
    root.get("images")
        .filter(images -> !(images instanceof Node.Scalar s && SOURCES.contains(s.text())))
        .ifPresent(
            images ->
                findings.add(
                    source,
                    source.spot(images),
                    "images is " + String.join(", ", SOURCES) + ", not " + images.describe()));
    root.get("stacks").ifPresent(stacks -> stacks(workspace, source, stacks, findings));
  }

  private static void stacks(
      Workspace workspace, SourceFile source, Node stacks, Findings findings) {
    if (!(stacks instanceof Node.Sequence list)) {
      findings.add(
          source, source.spot(stacks), "stacks has to be a list, found " + stacks.describe());
      return;
    }
    List<String> named =
        list.items().stream()
            .flatMap(i -> Shape.scalar(i).stream())
            .map(Node.Scalar::text)
            .toList();
    List<String> there =
        workspace.composeFiles().stream()
            .filter(ComposeFile::isBase)
            .map(file -> workspace.root().relativize(file.folder()))
            .filter(folder -> folder.startsWith("stacks") && folder.getNameCount() == 2)
            .map(folder -> folder.getFileName().toString())
            .toList();
    for (Node item : list.items()) {
      String name = Shape.scalar(item).map(Node.Scalar::text).orElse("");
      if (!Files.isRegularFile(workspace.root().resolve("stacks/" + name + "/compose.yaml"))) {
        String message =
            "the stack " + item.describe() + " has no stacks/" + name + "/compose.yaml";
        tell(source, source.spot(item), message, name, there, findings);
      }
    }
    workspace.composeFiles().forEach(file -> needs(file, named, findings));
  }

  private static void needs(ComposeFile file, List<String> named, Findings findings) {
    for (Node item : Shape.itemsAt(file.root(), "x-platform", "needs")) {
      Optional<Node.Scalar> need = Shape.scalar(item).filter(n -> !named.contains(n.text()));
      need.ifPresent(
          n ->
              tell(
                  file.source(),
                  file.source().spot(n),
                  "there is no stack \"" + n.text() + "\" in " + FILE,
                  n.text(),
                  named,
                  findings));
    }
  }

  private static void tell(
      SourceFile source,
      Spot spot,
      String message,
      String word,
      List<String> known,
      Findings findings) {
    Optional<String> near = Nearest.of(word, known);
    if (near.isPresent()) {
      findings.add(source, spot, message, near.get());
    } else {
      findings.add(source, spot, message);
    }
  }
}
