package dev.platformkit.command;

import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what {@code up} gives to Compose, without writing anything. */
@Command(
    name = "render",
    description = "Prints the Compose project that the stacks make together.",
    mixinStandardHelpOptions = true)
final class RenderCommand implements Runnable {
  @Mixin private GlobalOptions global;
  @Mixin private StackOptions stacks;
  @Mixin private OutputOptions output;

  @Override
  public void run() {
    output.format(OutputOptions.Format.TEXT);
    Project project = global.project();
    Platform platform = global.platform(project);
    Assembly assembly =
        new Assembly(
            project,
            platform,
            Stack.choose(project, stacks.asked()),
            project.images() != ImageSource.LOCAL);
    output.write(global.console(), assembly.compose());
  }
}
