package dev.platformkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLinesTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(out), new PrintWriter(err), false, false, false, true, 80);
  private final CommandLine line = CommandLines.create(console);

  @Test
  void anUnknownOptionIsBadUsageAndTheNearestIsNamed() {
    int exit = line.execute("--versoin");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            """
            ✗ platform does not know "--versoin"
              did you mean "--version"?
              try: platform --help
            """);
  }

  @Test
  void theListOfCommandsIsThatOfTheWholeCommandLine() {
    assertThat(CommandLines.forCall("--help", console).getUsageMessage())
        .isEqualTo(line.getUsageMessage());
  }

  @Test
  void everyCommandIsListedWithWhatItsDescriptionSaysFirst() {
    assertThat(line.getUsageMessage())
        .contains(
            "\n  doctor      Says what this machine lacks for a platform, and what mends it.\n");
    assertThat(line.getUsageMessage().lines()).allMatch(l -> l.length() <= 80);
  }

  @Test
  void theCommandThatIsCalledIsTheWholeCommand() {
    assertThat(CommandLines.forCall("status", console).getSubcommands())
        .hasEntrySatisfying(
            "status",
            status ->
                assertThat(status.getUsageMessage())
                    .isEqualTo(line.getSubcommands().get("status").getUsageMessage()));
  }

  @Test
  void anUnknownCommandIsBadUsageAndTheNearestIsNamed() {
    int exit = CommandLines.forCall("statsu", console).execute("statsu");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean \"status\"?");
  }

  @Test
  void commandsAreListedByName() {
    assertThat(line.getSubcommands().keySet())
        .containsExactlyElementsOf(new TreeSet<>(line.getSubcommands().keySet()));
  }

  @Test
  void everyCommandAndOptionHasADescription() {
    assertDescribed(line);
  }

  private static void assertDescribed(CommandLine command) {
    var spec = command.getCommandSpec();
    assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
    spec.options()
        .forEach(
            option ->
                assertThat(option.description())
                    .as(spec.qualifiedName() + " " + option.longestName())
                    .isNotEmpty());
    spec.positionalParameters()
        .forEach(
            parameter ->
                assertThat(parameter.description())
                    .as(spec.qualifiedName() + " " + parameter.paramLabel())
                    .isNotEmpty());
    command.getSubcommands().values().forEach(CommandLinesTest::assertDescribed);
  }
}
