package dev.platformkit.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.engine.Consent;
import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.EngineSetup;
import dev.platformkit.image.ImageChoice;
import dev.platformkit.image.ImageRow;
import dev.platformkit.image.Images;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.terminal.Console;
import dev.platformkit.terminal.Took;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code platform images}: what the platform is made of, and building it. */
@Command(
    name = "images",
    description = "Lists the images of the platform: where each comes from, and why; builds them.",
    mixinStandardHelpOptions = true)
final class ImagesCommand implements Callable<Integer> {
  private static final Map<String, String> ENVIRONMENT = System.getenv();

  @Mixin private GlobalOptions global;
  @Mixin private ImageOptions chosen;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    Format format = output.format(Format.TEXT, Format.JSON);
    Project project = global.project();
    Platform platform = global.platform(project);
    try (EngineControl engine = DockerEngine.connect()) {
      Images images = new Images(project, platform, engine, ENVIRONMENT);
      ImageChoice choice = images.choose(chosen.source(), true);
      List<ImageRow> rows = images.rows(choice);
      output.write(
          global.console(),
          format == Format.JSON ? json(platform, choice, rows) : text(platform, choice, rows));
    }
    return 0;
  }

  @Command(
      name = "build",
      description = "Builds images here, and what they are built on; what is there is left alone.",
      mixinStandardHelpOptions = true)
  int build(
      @Mixin GlobalOptions options,
      @Mixin ImageOptions source,
      @Parameters(
              paramLabel = "NAME",
              arity = "0..*",
              description = "Components as platform images lists them; all by default.")
          List<String> names) {
    Console console = options.console();
    Project project = options.project();
    EngineSetup setup = new EngineSetup(Consent.of(options.yes(), ENVIRONMENT, console), console);
    try (EngineControl engine = setup.ensureRunning()) {
      Images images = new Images(project, options.platform(project), engine, ENVIRONMENT);
      ImageChoice choice = images.choose(source.source(), true);
      int made = images.build(choice, names == null ? List.of() : names, setup, console);
      console
          .out()
          .printf("%s %s%n", console.good(), made == 0 ? "nothing to build" : made + " built");
    }
    return 0;
  }

  private String text(Platform platform, ImageChoice choice, List<ImageRow> rows) {
    List<String[]> table = new ArrayList<>();
    table.add(new String[] {"COMPONENT", "SOURCE", "SIZE", "AGE", "IMAGE", "WHY"});
    for (ImageRow row : rows) {
      table.add(
          new String[] {
            row.component(),
            row.source(),
            row.held().map(held -> size(held.size())).orElse("-"),
            row.held().map(held -> age(held.created())).orElse("not here yet"),
            row.image(),
            row.why()
          });
    }
    int[] widths = new int[5];
    for (String[] line : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    StringBuilder text =
        new StringBuilder(
            platform.name() + " " + global.console().leftOut() + " " + choice.words() + "\n\n");
    for (String[] line : table) {
      text.append("  ");
      for (int i = 0; i < widths.length; i++) {
        text.append(line[i]).append(" ".repeat(widths[i] - line[i].length() + 2));
      }
      text.append(line[5]).append('\n');
    }
    return text.toString();
  }

  private static String json(Platform platform, ImageChoice choice, List<ImageRow> rows) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "platform.images/1");
    root.put("name", platform.name());
    root.put("source", choice.official() ? "registry" : "local");
    root.put("why", choice.why());
    ArrayNode images = root.putArray("images");
    for (ImageRow row : rows) {
      ObjectNode image = images.addObject();
      image.put("component", row.component());
      image.put("source", row.source());
      image.put("image", row.image());
      image.put("why", row.why());
      image.put("present", row.held().isPresent());
      row.held()
          .ifPresentOrElse(
              held -> {
                image.put("id", held.id());
                image.put("size", held.size());
                image.put("created", held.created().toString());
              },
              () -> {
                image.putNull("id");
                image.putNull("size");
                image.putNull("created");
              });
    }
    return root.toPrettyString() + "\n";
  }

  private static String size(long bytes) {
    return bytes / 1_000_000 + " MB";
  }

  private static String age(Instant created) {
    Duration age = Duration.between(created, Instant.now());
    return age.toDays() > 0 ? age.toDays() + "d" : Took.words(age);
  }
}
