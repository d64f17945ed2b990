package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.EnvFile;
import dev.platformkit.source.SourceFile;
import java.util.List;

/** A file of {@code NAME=value} lines, those left out that are none. */
public record EnvDocument(SourceFile source, List<EnvFile.Variable> variables) {
  public EnvDocument {
    requireNonNull(source, "source is null");
    variables = List.copyOf(variables);
  }
}
