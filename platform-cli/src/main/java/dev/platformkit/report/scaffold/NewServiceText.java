package dev.platformkit.report.scaffold;

import static java.util.Objects.requireNonNull;

import dev.platformkit.scaffold.FileChange;
import dev.platformkit.scaffold.NewService;
import dev.platformkit.terminal.Console;
import java.util.ArrayList;
import java.util.List;

/**
 * A new service for a person.
 *
 * <pre>
 * shop-stats · GET /v1/shop-stats/greetings/{name}
 *
 *   + kv/shop-stats.yaml
 *   ~ stacks/samples/compose.yaml:186  9 lines
 * ✓ 10 files written, 4 changed
 *
 *   next: platform validate
 * </pre>
 */
public final class NewServiceText {
  private final Console console;

  public NewServiceText(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /**
   * What was written.
   *
   * @param next commands to type
   */
  public String written(NewService service, List<String> next) {
    return text(service, false, console.good() + " %s written, %d changed")
        + "\n  next: "
        + String.join("\n        ", next)
        + "\n";
  }

  /** What would be written, with every line that would be put into a file that is there. */
  public String planned(NewService service) {
    return text(
        service, true, console.leftOut() + " nothing written: it would be %s, and %d changed");
  }

  private String text(NewService service, boolean withEntries, String summary) {
    List<String> lines = new ArrayList<>();
    lines.add(console.strong(service.name().text()) + separator() + "GET " + service.route());
    lines.add("");
    for (FileChange change : service.changes()) {
      lines.add(change.isNew() ? "  + " + change.file() : "  ~ " + place(change));
      if (withEntries && !change.isNew()) {
        change.added().forEach(line -> lines.add("      " + console.faint(line)));
      }
    }
    long made = service.changes().stream().filter(FileChange::isNew).count();
    lines.add(summary.formatted(counted(made, "file"), service.changes().size() - made));
    lines.add("  no Dockerfile: all Java services share stacks/images/service/Dockerfile");
    return String.join("\n", lines) + "\n";
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private String place(FileChange change) {
    return change.file()
        + ":"
        + change.line()
        + "  "
        + console.faint(counted(change.lines(), "line"));
  }

  private String separator() {
    return console.unicode() ? " · " : " -- ";
  }
}
