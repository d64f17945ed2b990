package dev.platformkit.verify.elsewhere;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import dev.platformkit.verify.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Fetches what a target file only refers to, and remembers every secret so that none is shown. What
 * stands in a secret's place is not repeated in a complaint: it may be the secret.
 */
final class Secrets {
  private final Path folder;
  private final Map<String, String> environment;
  private final Redaction redaction;

  /**
   * A source of secrets.
   *
   * @param folder from where relative paths start
   */
  Secrets(Path folder, Map<String, String> environment, Redaction redaction) {
    this.folder = requireNonNull(folder, "folder is null");
    this.environment = Map.copyOf(environment);
    this.redaction = requireNonNull(redaction, "redaction is null");
  }

  /**
   * A secret and how a shell gets it.
   *
   * @param command in double quotes, for example {@code "$(cat secrets/token)"}
   */
  record Secret(String value, String command) {
    Secret {
      requireNonNull(value, "value is null");
      requireNonNull(command, "command is null");
    }

    @Override
    public String toString() {
      return command;
    }
  }

  Path path(Node node) {
    return folder.resolve(node.asText()).normalize();
  }

  Secret inFile(Node node) {
    Path file = path(node);
    try {
      return secret(node, Files.readString(file), "$(cat " + shown(file) + ")");
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "there is no such file" : e.toString();
      throw Problem.usage(node.position() + "  cannot read " + shown(file) + ": " + why)
          .causedBy(e);
    }
  }

  Secret inEnvironment(Node node) {
    String name = node.asText();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw Problem.usage(node.position() + "  expected the name of an environment variable")
          .detail("a secret never stands in a target file itself");
    }
    String value = environment.get(name);
    if (value == null) {
      throw Problem.usage(node.position() + "  the environment variable is not set: " + name);
    }
    return secret(node, value, "$" + name);
  }

  private Secret secret(Node node, String text, String command) {
    String value = text.strip();
    if (value.isEmpty()) {
      throw Problem.usage(node.position() + "  the secret is empty: " + node.asText());
    }
    if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw Problem.usage(
              node.position() + "  the secret cannot be sent in a header: " + node.asText())
          .detail("it must be one line of printable ASCII");
    }
    redaction.add(value);
    return new Secret(value, command);
  }

  /** Another form in which a secret is sent and may come back. */
  void alsoSecret(String form) {
    redaction.add(form);
  }

  /** A path as it can be typed where this process was started. */
  static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path path = file.startsWith(here) ? here.relativize(file) : file;
    return path.toString().matches("[A-Za-z0-9._/@+-]+") ? path.toString() : "'" + path + "'";
  }
}
