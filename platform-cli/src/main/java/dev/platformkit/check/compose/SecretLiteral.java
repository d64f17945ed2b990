package dev.platformkit.check.compose;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.EnvDocument;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.compose.ComposeService.EnvironmentEntry;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;

/**
 * A secret reaches a container as a file, never as text in a file that others read. Env files that
 * are kept out of version control are not read by others.
 */
@CheckSpec(
    id = "compose/secret-literal",
    severity = Severity.ERROR,
    summary = "No secret stands in a Compose or env file.")
public final class SecretLiteral implements Check {
  private static final String FIX = "a file under secrets:, read from /run/secrets/<name>";

  @Override
  public void run(Workspace workspace, Findings findings) {
    for (ComposeService service : workspace.services()) {
      for (EnvironmentEntry entry : service.environment()) {
        Secrets.in(entry.name(), entry.value())
            .ifPresent(
                secret -> tell(service.file(), entry.written(), secret, entry.name(), findings));
      }
      for (Node.Scalar word : service.words()) {
        Secrets.inCommand(word.text())
            .ifPresent(secret -> tell(service.file(), word, secret, "the command", findings));
      }
    }
    for (EnvDocument file : workspace.envFiles()) {
      if (Unshared.is(file.source().path())) {
        continue;
      }
      for (EnvFile.Variable variable : file.variables()) {
        Secrets.in(variable.name(), variable.value())
            .ifPresent(secret -> tell(file.source(), variable, secret, findings));
      }
    }
  }

  private static void tell(
      ComposeFile file, Node.Scalar written, String secret, String where, Findings findings) {
    SourceFile source = file.source();
    findings.addMasked(source, source.spot(written, secret), message(where), FIX);
  }

  private static void tell(
      SourceFile source, EnvFile.Variable variable, String secret, Findings findings) {
    Position line = variable.position();
    int found = source.line(line.line()).lastIndexOf(secret);
    Spot spot =
        new Spot(new Position(line.file(), line.line(), Math.max(0, found) + 1), secret.length());
    findings.addMasked(source, spot, message(variable.name()), FIX);
  }

  /** Does not quote what it is about: reports are read by more people than the file. */
  private static String message(String where) {
    return where + " holds a secret for everybody who can read this file";
  }
}
