package dev.platformkit.command;

import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.lifecycle.Amounts;
import dev.platformkit.lifecycle.Down;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.PlatformLock;
import dev.platformkit.terminal.Console;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the platform down. */
@Command(
    name = "down",
    description = "Stops the platform and removes its containers and network; keeps its data.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  @Mixin private GlobalOptions global;

  @Option(
      names = "--volumes",
      description = "Delete its data too, and the secrets made for it; asks, unless --yes.")
  private boolean volumes;

  @Override
  public Integer call() {
    Platform platform = global.platform();
    try (EngineControl engine = DockerEngine.connect()) {
      Optional<PlatformLock> lock =
          Files.isDirectory(platform.state())
              ? Optional.of(PlatformLock.take(platform, "platform down"))
              : Optional.empty();
      try {
        takeDown(platform, engine);
      } finally {
        lock.ifPresent(PlatformLock::close);
      }
    }
    return ExitCode.GOOD.code();
  }

  private void takeDown(Platform platform, EngineControl engine) {
    long begin = System.nanoTime();
    Console console = global.console();
    Down down = Down.of(platform, engine);
    if (down.isDown() && (!volumes || down.volumes().isEmpty())) {
      if (volumes) {
        down.delete(engine);
      }
      console.out().println(console.good() + " " + platform.name() + " is down already");
      tellWhatStays(down, console);
      return;
    }
    consent(down, console);
    down.otherOwner()
        .ifPresent(
            owner ->
                console
                    .err()
                    .println(
                        "  " + console.leftOut() + " " + platform.name() + " belongs to " + owner));
    down.stop(engine, service -> {});
    if (volumes) {
      down.delete(engine);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    console
        .out()
        .printf(
            "%s %s is down in %s: %s%n",
            console.good(), platform.name(), Amounts.duration(took), String.join(", ", gone(down)));
    tellWhatStays(down, console);
  }

  private void tellWhatStays(Down down, Console console) {
    if (!volumes && !down.volumes().isEmpty()) {
      console
          .out()
          .printf(
              "  its data stays in %s; to delete it: %s%n",
              Amounts.count(down.volumes().size(), "volume"),
              down.platform().command("down --volumes"));
    }
  }

  private List<String> gone(Down down) {
    List<String> gone = new ArrayList<>();
    add(gone, down.containers().size(), "container");
    add(gone, down.networks().size(), "network");
    if (volumes) {
      add(gone, down.volumes().size(), "volume");
    }
    return gone;
  }

  private static void add(List<String> gone, int count, String thing) {
    if (count > 0) {
      gone.add(Amounts.count(count, thing) + " removed");
    }
  }

  /** Data that is gone is gone, and so is the trust of whoever else's platform this is. */
  private void consent(Down down, Console console) {
    boolean data = volumes && !down.volumes().isEmpty();
    if (global.yes() || (!data && down.otherOwner().isEmpty())) {
      return;
    }
    String name = down.platform().name();
    String whose = down.otherOwner().map(owner -> ", which belongs to " + owner).orElse("");
    String what =
        data
            ? "delete the data of %s%s: %s"
                .formatted(name, whose, String.join(", ", down.volumes()))
            : "take down %s%s".formatted(name, whose);
    if (!console.confirm(capital(what) + "?")) {
      throw Problem.unable("without consent nothing was done")
          .detail("it would " + what)
          .tryCommand(down.platform().command(volumes ? "down --volumes --yes" : "down --yes"));
    }
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
