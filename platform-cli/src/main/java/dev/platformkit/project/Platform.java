package dev.platformkit.project;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * One platform of a project: a name, and the folder that holds everything generated for it. Several
 * platforms of one project run side by side under different names.
 *
 * @param root the project's folder, absolute, where {@code platform.yaml} stands
 * @param name also the Compose project's name, so the prefix of every container and volume
 * @param usual whether commands mean it where {@code --name} says no other
 */
public record Platform(Path root, String name, boolean usual) {
  public Platform {
    requireNonNull(root, "root is null");
    requireNonNull(name, "name is null");
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("root is not absolute: " + root);
    }
  }

  /** A platform that commands have to be told by its name. */
  public Platform(Path root, String name) {
    this(root, name, false);
  }

  /** A command to type that is about this platform: {@code platform logs --name second}. */
  public String command(String words) {
    return "platform " + words + (usual ? "" : " --name " + name);
  }

  /** {@code .platform/<name>}: generated files, secrets, evidence; never in version control. */
  public Path state() {
    return root.resolve(".platform").resolve(name);
  }

  /** The file that {@code docker compose -f} takes by hand. */
  public Path composeFile() {
    return state().resolve("compose.yaml");
  }

  /** The folder of generated secrets, mode 0700. */
  public Path secrets() {
    return state().resolve("secrets");
  }
}
