package dev.platformkit.command;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.HttpServer;
import dev.platformkit.backend.Refusal;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.Engine;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.terminal.Console;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Prints what Elasticsearch refused: who wrote it, when, why it was refused, and the line. */
final class RejectedLines {
  private static final int PORT = 9200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final Console console;

  RejectedLines(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /**
   * Prints the last of them, the oldest first.
   *
   * @param services only of these; of all where there are none
   * @throws Problem exit 3 when the store cannot be asked
   */
  void print(Engine engine, Platform platform, List<String> services, int most) {
    Elasticsearch store = store(engine, platform);
    try {
      List<Refusal> refusals =
          store.refusals(most).stream()
              .filter(r -> services.isEmpty() || services.contains(r.service()))
              .toList();
      for (Refusal refusal : refusals) {
        console
            .out()
            .println(
                console.faint(
                        refusal.service() + "  " + TIME.format(refusal.time()) + "  refused: ")
                    + refusal.reason());
        console.out().println("  " + refusal.line());
      }
      long kept = store.rejected();
      console
          .err()
          .println(
              refusals.isEmpty()
                  ? "none refused" + (kept > 0 ? " of these; " + kept + " of all" : "")
                  : "%d of %d that are kept".formatted(refusals.size(), kept));
    } catch (BackendException e) {
      throw Problem.unable("Elasticsearch does not tell what it refused: " + e.getMessage())
          .tryCommand(platform.command("status"))
          .causedBy(e);
    }
  }

  private static Elasticsearch store(Engine engine, Platform platform) {
    Optional<Integer> port =
        engine.containers(platform.name()).stream()
            .filter(c -> c.service().equals("elasticsearch") && c.state() == State.RUNNING)
            .map(Container::ports)
            .flatMap(ports -> Optional.ofNullable(ports.get(PORT)).stream())
            .findFirst();
    return new Elasticsearch(
        HttpServer.at(
            HttpServer.client(),
            "elasticsearch",
            "http://127.0.0.1:"
                + port.orElseThrow(
                    () ->
                        Problem.unable("elasticsearch does not run in " + platform.name())
                            .tryCommand(platform.command("up logging")))));
  }
}
