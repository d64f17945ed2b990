package dev.platformkit.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.Executables;
import dev.platformkit.lifecycle.Status;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.report.UpText;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says where a browser finds the services, and opens it where there is a desktop. */
@Command(
    name = "open",
    description = "Says where a browser finds each service; opens one, where there is a desktop.",
    mixinStandardHelpOptions = true)
final class OpenCommand implements Runnable {
  @Mixin private GlobalOptions global;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "SERVICE",
      arity = "0..1",
      description = "The service to open; without it, all are listed.")
  private String service;

  @Override
  public void run() {
    Format format = output.format(Format.TEXT, Format.JSON);
    Project project = global.project();
    Platform platform = global.platform(project);
    try (Engine engine = DockerEngine.connect()) {
      Assembly assembly =
          Assembly.last(project, platform).orElseThrow(() -> Status.notRunning(platform, engine));
      List<Container> containers = engine.containers(platform.name());
      if (containers.isEmpty()) {
        throw Status.notRunning(platform);
      }
      Map<String, String> links = UpText.links(assembly, containers);
      if (service == null) {
        output.write(global.console(), format == Format.JSON ? json(links) : text(links));
        return;
      }
      String url = url(assembly, links);
      output.write(
          global.console(), format == Format.JSON ? json(Map.of(service, url)) : url + "\n");
      browse(url);
    }
  }

  private String text(Map<String, String> links) {
    return String.join("\n", new UpText(global.console()).links(links)) + "\n";
  }

  private static String json(Map<String, String> links) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("schema", "platform.open/1");
    ObjectNode urls = root.putObject("urls");
    links.forEach(urls::put);
    return root.toPrettyString() + "\n";
  }

  private String url(Assembly assembly, Map<String, String> links) {
    String url = links.get(service);
    if (url != null) {
      return url;
    }
    List<String> known =
        assembly.services().stream().filter(s -> s.open().isPresent()).map(Service::name).toList();
    if (known.contains(service)) {
      throw Problem.unable(service + " does not run")
          .tryCommand(assembly.platform().command("status"));
    }
    Problem problem =
        Problem.usage(
            assembly.service(service).isPresent()
                ? service + " has nothing to show in a browser"
                : "there is no service \"" + service + "\"");
    throw Nearest.of(service, known)
        .map(near -> problem.detail("did you mean \"" + near + "\"?"))
        .orElse(problem)
        .detail("these have: " + String.join(", ", known));
  }

  /** Opens the desktop's browser; without a desktop the printed address is all there is. */
  private void browse(String url) {
    Optional<Path> opener = opener();
    if (opener.isEmpty()) {
      return;
    }
    try {
      new ProcessBuilder(opener.get().toString(), url)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw Problem.unable("cannot run " + opener.get() + ": " + e.getMessage()).causedBy(e);
    }
  }

  private static Optional<Path> opener() {
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    boolean desktop =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY").anyMatch(v -> System.getenv(v) != null);
    List<String> names = new ArrayList<>();
    if (mac) {
      names.add("open");
    } else if (desktop) {
      names.add("xdg-open");
    }
    return names.stream().flatMap(name -> Executables.find(name).stream()).findFirst();
  }
}
