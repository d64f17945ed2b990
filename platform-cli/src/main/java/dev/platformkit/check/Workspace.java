package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.ComposeProject;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What checks look at: files that were read once and belong together.
 *
 * @param root against which file names are shown
 * @param documents every YAML document and JSON file that could be read
 * @param envFiles every file of variables
 * @param broken every file that could not be read
 * @param composeProjects the Compose files, by what runs together
 * @param asked the files that are to be judged, by the name under which they are shown; the others
 *     are there because these refer to them
 */
public record Workspace(
    Path root,
    List<Document> documents,
    List<EnvDocument> envFiles,
    List<Broken> broken,
    List<ComposeProject> composeProjects,
    Set<String> asked) {
  public Workspace {
    requireNonNull(root, "root is null");
    documents = List.copyOf(documents);
    envFiles = List.copyOf(envFiles);
    broken = List.copyOf(broken);
    composeProjects = List.copyOf(composeProjects);
    asked = Set.copyOf(asked);
  }

  /** The documents of one kind. */
  public List<Document> documents(Kind kind) {
    return documents.stream().filter(document -> document.kind() == kind).toList();
  }

  /** Every Compose file. */
  public List<ComposeFile> composeFiles() {
    return composeProjects.stream().flatMap(project -> project.files().stream()).toList();
  }

  /** Every service of every Compose file. */
  public List<ComposeService> services() {
    return composeFiles().stream().flatMap(file -> file.services().stream()).toList();
  }

  /** Every file that could be read as what it is, YAML, JSON or variables. */
  public List<SourceFile> sources() {
    return Stream.concat(
            documents.stream().map(Document::source), envFiles.stream().map(EnvDocument::source))
        .distinct()
        .toList();
  }

  /** Every comment that ignores a finding. */
  public List<Suppression> suppressions() {
    return Suppression.in(this);
  }

  /** A path as it is shown. */
  public String shown(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }
}
