package dev.platformkit.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.engine.Diagnosis;
import dev.platformkit.engine.Diagnosis.Verdict;
import dev.platformkit.engine.Doctor;
import dev.platformkit.engine.Examination;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.terminal.Console;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code platform doctor}: whether a platform can run on this machine, and what mends it if not.
 */
@Command(
    name = "doctor",
    description = "Says what this machine lacks for a platform, and what mends it.",
    footer = {"", "Exit 3 when something that is needed is missing."},
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Mixin private GlobalOptions global;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    Format format = output.format(Format.TEXT, Format.JSON);
    List<Diagnosis> all = Doctor.judge(Examination.now());
    Console console = global.console();
    output.write(console, format == Format.JSON ? json(all) : text(all, console));
    return ready(all) ? ExitCode.GOOD.code() : ExitCode.UNABLE.code();
  }

  private static boolean ready(List<Diagnosis> all) {
    return all.stream().noneMatch(diagnosis -> diagnosis.verdict() == Verdict.FAIL);
  }

  private static String text(List<Diagnosis> all, Console console) {
    int width = all.stream().mapToInt(diagnosis -> diagnosis.id().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Diagnosis diagnosis : all) {
      String symbol =
          switch (diagnosis.verdict()) {
            case PASS -> console.good();
            case NOTE -> console.leftOut();
            case FAIL -> console.bad();
          };
      String id = diagnosis.id() + " ".repeat(width - diagnosis.id().length());
      text.append("%s %s  %s%n".formatted(symbol, id, diagnosis.observed()));
      diagnosis.fix().ifPresent(fix -> text.append(" ".repeat(width + 4) + "try: " + fix + "\n"));
    }
    return text.toString();
  }

  private static String json(List<Diagnosis> all) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "platform.doctor/1");
    root.put("ready", ready(all));
    ArrayNode checks = root.putArray("checks");
    for (Diagnosis diagnosis : all) {
      ObjectNode check = checks.addObject();
      check.put("id", diagnosis.id());
      check.put("verdict", diagnosis.verdict().name().toLowerCase(Locale.ROOT));
      check.put("observed", diagnosis.observed());
      check.put("fix", diagnosis.fix().orElse(null));
    }
    return root.toPrettyString() + "\n";
  }
}
