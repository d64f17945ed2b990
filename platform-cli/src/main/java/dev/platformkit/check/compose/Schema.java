package dev.platformkit.check.compose;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Document;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Kind;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.ComposeService;
import java.util.List;
import java.util.stream.Stream;

/** Keys and values are ones that Compose, and our own {@code x-platform}, understand. */
@CheckSpec(
    id = "compose/schema",
    severity = Severity.ERROR,
    summary = "Every key and value of a Compose file is one that Compose understands.")
public final class Schema implements Check {
  /** Where else a service may get its image from. */
  private static final List<String> SOURCES = List.of("image", "build", "extends", "provider");

  @Override
  public void run(Workspace workspace, Findings findings) {
    List<Document> documents = workspace.documents(Kind.COMPOSE);
    if (documents.isEmpty()) {
      return;
    }
    ComposeSchema schema = ComposeSchema.get();
    for (Document document : documents) {
      for (ComposeSchema.Complaint complaint : schema.judge(document.source(), document.root())) {
        if (complaint.fix().isPresent()) {
          findings.add(
              document.source(), complaint.spot(), complaint.message(), complaint.fix().get());
        } else {
          findings.add(document.source(), complaint.spot(), complaint.message());
        }
      }
    }
    withoutImage(workspace)
        .forEach(
            service ->
                findings.add(
                    service.file().source(),
                    service.spot(),
                    "the service " + service.name() + " has neither image nor build"));
  }

  private static Stream<ComposeService> withoutImage(Workspace workspace) {
    return workspace.composeFiles().stream()
        .filter(file -> !file.overlay())
        .map(ComposeFile::services)
        .flatMap(List::stream)
        .filter(s -> SOURCES.stream().noneMatch(key -> s.definition().entry(key).isPresent()));
  }
}
