package dev.platformkit.command;

import dev.platformkit.check.Check;
import dev.platformkit.check.Registry;
import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.report.findings.CheckManual;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a check is about. */
@Command(
    name = "explain",
    description = "Says why a check is there, and how to put right what it finds.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Runnable {
  @Mixin private GlobalOptions global;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "CHECK",
      arity = "0..1",
      description = "A check's id; without one, all checks are listed.")
  private String id;

  @Override
  public void run() {
    CheckManual manual = new CheckManual(global.console());
    boolean json = output.format(Format.TEXT, Format.JSON) == Format.JSON;
    if (id == null) {
      output.write(global.console(), json ? manual.listJson() : manual.list());
      return;
    }
    Check check = Registry.find(id).orElseThrow(() -> ValidateCommand.unknown(id));
    output.write(global.console(), json ? manual.json(check) : manual.text(check));
  }
}
