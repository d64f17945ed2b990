package dev.platformkit.check.compose;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.Interpolation;
import dev.platformkit.compose.Interpolation.Reference;
import dev.platformkit.problem.Nearest;
import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;

/** Compose puts nothing in the place of a variable that is not set, and goes on. */
@CheckSpec(
    id = "compose/variable-unset",
    severity = Severity.ERROR,
    summary = "Every variable of a Compose file is set by an env file or has a default.")
public final class VariableUnset implements Check {
  @Override
  public void run(Workspace workspace, Findings findings) {
    for (ComposeFile file : workspace.composeFiles()) {
      for (Node.Mapping.Entry part : file.root().entries()) {
        if (ComposeFile.PARTS.contains(part.key())) {
          judge(file, part.value(), findings);
        }
      }
    }
  }

  private static void judge(ComposeFile file, Node node, Findings findings) {
    if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach(entry -> judge(file, entry.value(), findings));
    } else if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(item -> judge(file, item, findings));
    } else if (node instanceof Node.Scalar scalar && scalar.text().contains("$")) {
      judge(file, scalar, findings);
    }
  }

  private static void judge(ComposeFile file, Node.Scalar scalar, Findings findings) {
    SourceFile source = file.source();
    Interpolation interpolation = file.interpolate(scalar);
    for (String malformed : interpolation.malformed()) {
      findings.add(
          source,
          source.spot(scalar, malformed),
          "\"" + malformed + "\" is no variable, and Compose stops at it",
          "$" + malformed + " for one $ as it stands");
    }
    for (Reference reference : interpolation.references()) {
      if (!reference.set() && !reference.optional()) {
        findings.add(
            source,
            source.spot(scalar, reference.written()),
            "no env file sets " + reference.name() + ", and nothing stands in its place",
            fix(file, reference));
      }
    }
  }

  private static String fix(ComposeFile file, Reference reference) {
    return Nearest.of(reference.name(), file.variables().names())
        .map(near -> "${" + near + "}")
        .orElse("set it in an env file, or give a default: ${" + reference.name() + ":-…}");
  }
}
