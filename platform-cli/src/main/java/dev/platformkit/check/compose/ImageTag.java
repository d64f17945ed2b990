package dev.platformkit.check.compose;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.EnvDocument;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.compose.Interpolation;
import dev.platformkit.compose.Shape;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;

/** An image is named with a version, in a Compose file or in the env file that it takes it from. */
@CheckSpec(
    id = "compose/image-tag",
    severity = Severity.WARNING,
    summary = "Every image names its version.")
public final class ImageTag implements Check {
  private static final String VARIABLE_SUFFIX = "_IMAGE";
  private static final String FIX = "name a version, best with its digest: image:1.2.3@sha256:…";

  @Override
  public void run(Workspace workspace, Findings findings) {
    for (ComposeService service : workspace.services()) {
      boolean builtHere = service.definition().get("build").isPresent();
      if (!builtHere) {
        Shape.scalarAt(service.definition(), "image")
            .ifPresent(image -> judge(service, image, findings));
      }
    }
    for (EnvDocument file : workspace.envFiles()) {
      file.variables().stream()
          .filter(e -> e.name().endsWith(VARIABLE_SUFFIX) && !e.value().isEmpty())
          .filter(e -> !Interpolation.hasVariable(e.value()))
          .forEach(e -> judge(file.source(), spot(file.source(), e), e.value(), findings));
    }
  }

  private static void judge(ComposeService service, Node.Scalar image, Findings findings) {
    Interpolation written = service.file().interpolate(image);
    boolean fromEnvFile =
        written.references().stream()
            .anyMatch(reference -> reference.set() && reference.written().equals(image.text()));
    if (written.complete() && !fromEnvFile) {
      SourceFile source = service.file().source();
      judge(source, source.spot(image), written.text(), findings);
    }
  }

  private static void judge(SourceFile source, Spot spot, String image, Findings findings) {
    if (image.contains("@")) {
      return;
    }
    String last = image.substring(image.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    if (colon < 0) {
      findings.add(source, spot, "\"" + image + "\" names no version, so it is latest", FIX);
    } else if (last.substring(colon + 1).equals("latest")) {
      findings.add(
          source, spot, "\"" + image + "\" is whatever was pushed last when it was pulled", FIX);
    }
  }

  private static Spot spot(SourceFile source, EnvFile.Variable entry) {
    int found = source.line(entry.position().line()).indexOf(entry.value(), entry.name().length());
    return new Spot(
        new Position(source.shownAs(), entry.position().line(), Math.max(0, found) + 1),
        entry.value().length());
  }
}
