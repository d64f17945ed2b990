package dev.platformkit.lifecycle;

import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A small project on disk: a stack {@code data} and a stack {@code samples}. */
final class Shop {
  final Path root;
  final Project project;

  Shop(Path root) {
    this.root = root;
    this.project = new Project(root, "demo", List.of("data", "samples"), ImageSource.LOCAL);
    write("stacks/ports.env", "NATS_PORT=4222\n");
    write(
        "stacks/data/compose.yaml",
        """
        services:
          nats:
            image: n
            restart: unless-stopped
            ports: ["127.0.0.1:${NATS_PORT}:4222"]
            volumes: ["./nats.conf:/etc/nats.conf:ro"]
            mem_limit: 64m
            x-platform:
              ready: { http: 8080, path: /healthz }
              open: { http: 8080, path: / }
          seed:
            image: s
            restart: "no"
          grafana:
            image: g
            profiles: [official]
        """);
    write("stacks/data/nats.conf", "a: 1\n");
    write(
        "stacks/samples/compose.yaml",
        """
        services:
          cart:
            image: c
            restart: unless-stopped
            mem_limit: 96m
            x-platform:
              ready: { health: container }
        """);
  }

  void write(String file, String content) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), content);
      // Before any container was started: what changed is told by what was remembered.
      Files.setLastModifiedTime(
          root.resolve(file), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Assembly assembly(String... stacks) {
    return new Assembly(
        project, project.platform("demo"), Stack.choose(project, List.of(stacks)), false);
  }

  Service service(String name) {
    return assembly().service(name).orElseThrow();
  }
}
