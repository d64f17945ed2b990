package dev.platformkit.check.kv;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Document;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.kv.Desired;
import dev.platformkit.kv.KvFile;
import dev.platformkit.kv.Mistake;
import dev.platformkit.problem.Nearest;
import dev.platformkit.project.Project;
import dev.platformkit.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A project's {@code kv/<service>.yaml} is one that {@code platform kv apply} takes. */
@CheckSpec(
    id = "kv/settings",
    severity = Severity.ERROR,
    summary =
        "A file under kv/ is named after a service and gives each key a value that its type and"
            + " limits allow.")
public final class Settings implements Check {
  @Override
  public void run(Workspace workspace, Findings findings) {
    Path folder = workspace.root().resolve(Desired.FOLDER);
    if (!Files.isRegularFile(workspace.root().resolve(Project.FILE))) {
      return; // a folder of that name in anything else is somebody else's
    }
    List<String> services =
        workspace.services().stream().map(ComposeService::name).distinct().toList();
    Set<Path> seen = new HashSet<>();
    for (Document document : workspace.documents()) {
      SourceFile source = document.source();
      if (!folder.equals(source.path().getParent())
          || !source.path().toString().endsWith(".yaml")) {
        continue;
      }
      if (!seen.add(source.path())) {
        findings.add(
            source, source.spot(document.root()), "a second document starts here; one is expected");
        continue;
      }
      KvFile file = KvFile.of(source, document.root());
      file.mistakes().forEach(mistake -> tell(source, mistake, findings));
      if (!services.isEmpty() && !services.contains(file.service())) {
        tell(
            source,
            new Mistake(
                source.start(),
                "no Compose file has a service \"" + file.service() + "\", so nobody reads this",
                Nearest.of(file.service(), services)
                    .map(near -> Desired.FOLDER + "/" + near + ".yaml")),
            findings);
      }
    }
  }

  private static void tell(SourceFile source, Mistake mistake, Findings findings) {
    Optional<String> fix = mistake.fix();
    if (fix.isPresent()) {
      findings.add(source, mistake.spot(), mistake.message(), fix.get());
    } else {
      findings.add(source, mistake.spot(), mistake.message());
    }
  }
}
