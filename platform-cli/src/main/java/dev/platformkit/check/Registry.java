package dev.platformkit.check;

import dev.platformkit.check.beats.Output;
import dev.platformkit.check.compose.ImageTag;
import dev.platformkit.check.compose.MountMissing;
import dev.platformkit.check.compose.PortDuplicate;
import dev.platformkit.check.compose.PortExposed;
import dev.platformkit.check.compose.Reference;
import dev.platformkit.check.compose.Schema;
import dev.platformkit.check.compose.SecretLiteral;
import dev.platformkit.check.compose.VariableUnset;
import dev.platformkit.check.kv.Settings;
import dev.platformkit.check.prometheus.RuleFiles;
import dev.platformkit.check.prometheus.ScrapePort;
import dev.platformkit.check.yaml.Ignore;
import dev.platformkit.check.yaml.Project;
import dev.platformkit.check.yaml.Syntax;
import java.util.List;
import java.util.Optional;

/** Every check, ordered by id. */
public final class Registry {
  private static final List<Check> CHECKS =
      List.of(
          new Output(),
          new ImageTag(),
          new MountMissing(),
          new PortDuplicate(),
          new PortExposed(),
          new Reference(),
          new Schema(),
          new SecretLiteral(),
          new VariableUnset(),
          new Settings(),
          new RuleFiles(),
          new ScrapePort(),
          new Ignore(),
          new Project(),
          new Syntax());

  private Registry() {}

  public static List<Check> checks() {
    return CHECKS;
  }

  public static Optional<Check> find(String id) {
    return CHECKS.stream().filter(check -> check.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return CHECKS.stream().map(Check::id).toList();
  }
}
