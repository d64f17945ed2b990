package dev.platformkit.check.compose;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.ComposeProject;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.compose.Interpolation;
import dev.platformkit.compose.Shape;
import dev.platformkit.problem.Nearest;
import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service names is defined: networks, volumes, secrets, configs, services it waits for. */
@CheckSpec(
    id = "compose/reference",
    severity = Severity.ERROR,
    summary = "Every network, volume, secret, config and service that a service names is defined.")
public final class Reference implements Check {
  /** {@code name:/path}, which paths, variables and anonymous volumes are not. */
  private static final Pattern NAMED_VOLUME = Pattern.compile("([A-Za-z0-9][\\w.-]*):/.*");

  @Override
  public void run(Workspace workspace, Findings findings) {
    for (ComposeProject project : workspace.composeProjects()) {
      for (ComposeFile file : project.files()) {
        List<ComposeFile> scope = inScope(project, file);
        for (ComposeService service : file.services()) {
          judge(service, scope, findings);
        }
      }
    }
  }

  /** A file stands for itself, unless it changes others or includes them. */
  private static List<ComposeFile> inScope(ComposeProject project, ComposeFile file) {
    if (file.root().get("include").isPresent()) {
      return project.files();
    }
    boolean alone = !file.overlay();
    return project.files().stream()
        .filter(f -> f.equals(file) || (!alone && f.folder().equals(file.folder())))
        .toList();
  }

  /** A name that a service uses, and where. */
  private record Name(String text, Spot spot) {}

  private static void judge(ComposeService service, List<ComposeFile> scope, Findings findings) {
    for (String part : List.of("networks", "depends_on", "secrets", "configs", "volumes")) {
      String definedBy = part.equals("depends_on") ? "services" : part;
      Set<String> defined = defined(scope, definedBy);
      for (Name name : names(service, part)) {
        if (!defined.contains(name.text()) && !Interpolation.hasVariable(name.text())) {
          tell(service.file().source(), name, definedBy, defined, findings);
        }
      }
    }
  }

  private static Set<String> defined(List<ComposeFile> scope, String part) {
    Set<String> names = new TreeSet<>();
    for (ComposeFile file : scope) {
      Shape.entriesAt(file.root(), part).forEach(entry -> names.add(entry.key()));
    }
    if (part.equals("networks")) {
      names.add("default");
    }
    return names;
  }

  private static List<Name> names(ComposeService service, String part) {
    SourceFile source = service.file().source();
    List<Name> names = new ArrayList<>();
    for (Node.Mapping.Entry entry : Shape.entriesAt(service.definition(), part)) {
      names.add(new Name(entry.key(), source.spot(entry)));
    }
    for (Node item : Shape.itemsAt(service.definition(), part)) {
      name(item, part)
          .ifPresent(n -> names.add(new Name(n.text(), source.spot(n.written(), n.text()))));
    }
    return names;
  }

  /** A name in a list, and the value that it stands in. */
  private record Listed(String text, Node.Scalar written) {}

  private static Optional<Listed> name(Node item, String part) {
    Optional<Node.Scalar> source = Shape.scalarAt(item, "source");
    if (!part.equals("volumes")) {
      return Shape.scalar(item).or(() -> source).map(s -> new Listed(s.text(), s));
    }
    String type = Shape.scalarAt(item, "type").map(Node.Scalar::text).orElse("");
    return Shape.scalar(item)
        .flatMap(
            s -> {
              Matcher volume = NAMED_VOLUME.matcher(s.text());
              return volume.matches()
                  ? Optional.of(new Listed(volume.group(1), s))
                  : Optional.empty();
            })
        .or(
            () ->
                type.equals("volume")
                    ? source.map(s -> new Listed(s.text(), s))
                    : Optional.empty());
  }

  private static void tell(
      SourceFile source, Name name, String part, Set<String> defined, Findings findings) {
    String message = "\"" + name.text() + "\" is not defined under " + part + " in this file";
    Optional<String> near = Nearest.of(name.text(), defined);
    if (near.isPresent()) {
      findings.add(source, name.spot(), message, near.get());
    } else {
      findings.add(source, name.spot(), message);
    }
  }
}
