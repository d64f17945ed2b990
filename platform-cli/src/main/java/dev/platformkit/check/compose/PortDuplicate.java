package dev.platformkit.check.compose;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.ComposeProject;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.compose.PortMapping;
import dev.platformkit.compose.Shape;
import dev.platformkit.compose.Variables;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Two services cannot have one port of the host, in whichever files of a project they stand. */
@CheckSpec(
    id = "compose/port-duplicate",
    severity = Severity.ERROR,
    summary = "No two services publish the same port of the host.")
public final class PortDuplicate implements Check {
  private record Published(ComposeService service, PortMapping port) {
    Position position() {
      return port.written().position();
    }

    ComposeFile file() {
      return service.file();
    }

    /** Whether both can run at once and would take the same port. */
    boolean collidesWith(Published other) {
      boolean sameService = service.name().equals(other.service.name());
      boolean together = file().equals(other.file()) || file().isBase() || other.file().isBase();
      return together
          && !(sameService && !file().equals(other.file()))
          && port.protocol().equals(other.port.protocol())
          && port.published().get().overlaps(other.port.published().get())
          && sharesAddress(other)
          && !areAlternatives(other);
    }

    private boolean sharesAddress(Published other) {
      return port.hostIp().equals(other.port.hostIp())
          || port.onAllAddresses()
          || other.port.onAllAddresses();
    }

    private boolean areAlternatives(Published other) {
      List<String> mine = profiles();
      List<String> theirs = other.profiles();
      return !mine.isEmpty() && !theirs.isEmpty() && mine.stream().noneMatch(theirs::contains);
    }

    private List<String> profiles() {
      return Shape.itemsAt(service.definition(), "profiles").stream()
          .flatMap(item -> Shape.scalar(item).stream())
          .map(Node.Scalar::text)
          .toList();
    }
  }

  @Override
  public void run(Workspace workspace, Findings findings) {
    for (ComposeProject project : workspace.composeProjects()) {
      List<Published> seen = new ArrayList<>();
      for (ComposeService service : project.services()) {
        for (PortMapping port : service.ports()) {
          if (port.published().isPresent()) {
            Published published = new Published(service, port);
            seen.stream()
                .filter(published::collidesWith)
                .findFirst()
                .ifPresent(first -> tell(published, first, findings));
            seen.add(published);
          }
        }
      }
    }
  }

  private static void tell(Published second, Published first, Findings findings) {
    SourceFile source = second.file().source();
    Position position = first.position();
    findings.add(
        source,
        source.spot(second.port().written()),
        "port "
            + second.port().published().get()
            + " of the host"
            + setIn(second)
            + " is taken by "
            + first.service().name()
            + ": "
            + position.file()
            + ":"
            + position.line(),
        "another port, or \"127.0.0.1::"
            + second.port().target()
            + "\" where any free one will do");
  }

  /** Where the number comes from, when it is not written here. */
  private static String setIn(Published published) {
    String places =
        published.file().interpolate(published.port().written()).references().stream()
            .map(reference -> published.file().variables().value(reference.name()))
            .flatMap(Optional::stream)
            .map(Variables.Value::position)
            .map(position -> position.file() + ":" + position.line())
            .collect(Collectors.joining(", "));
    return places.isEmpty() ? "" : " (" + places + ")";
  }
}
