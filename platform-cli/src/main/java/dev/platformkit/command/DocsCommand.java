package dev.platformkit.command;

import dev.platformkit.docgen.ReferencePages;
import dev.platformkit.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** For whoever works on this project: writes the generated pages of its manual. */
@Command(
    name = "docs",
    description = "Writes docs/reference from the commands and checks.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class DocsCommand implements Runnable {
  @Mixin private GlobalOptions global;

  @Override
  public void run() {
    Console console = global.console();
    Path root = global.project().root();
    List<Path> written =
        new ReferencePages(root, CommandLines.create(console).getCommandSpec()).write();
    written.forEach(page -> console.out().println("  " + root.relativize(page)));
    console.out().println(console.good() + " " + written.size() + " pages changed");
  }
}
