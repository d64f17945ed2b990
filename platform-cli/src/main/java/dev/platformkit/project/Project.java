package dev.platformkit.project;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A platform project: a folder with a {@code platform.yaml}.
 *
 * <pre>
 * name: demo
 * stacks: [data, discovery, tracing, metrics, dashboards, logging, samples]
 * images: auto
 * </pre>
 *
 * @param root the folder, absolute
 * @param name the name of its platform where {@code --name} says no other
 * @param stacks its stacks in the order in which they are shown
 * @param images where images come from
 */
public record Project(Path root, String name, List<String> stacks, ImageSource images) {
  /** The file that makes a folder a project. */
  public static final String FILE = "platform.yaml";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,40}");

  public Project {
    requireNonNull(root, "root is null");
    requireNonNull(name, "name is null");
    requireNonNull(images, "images is null");
    stacks = List.copyOf(stacks);
  }

  /**
   * The project that a folder lies in: the nearest folder upwards with a {@code platform.yaml}.
   *
   * @throws Problem exit 2 when there is none, or when its {@code platform.yaml} is not right
   */
  public static Project find(Path from) {
    Path start = from.toAbsolutePath().normalize();
    if (!Files.isDirectory(start)) {
      throw Problem.usage(from + " is not a folder");
    }
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(FILE))) {
        return read(folder);
      }
    }
    throw Problem.usage("no " + FILE + " in " + start + " or a folder above it")
        .detail("a platform project is a folder with a " + FILE + "; name another with -C DIR");
  }

  private static Project read(Path root) {
    Node.Mapping file = YamlReader.read(root.resolve(FILE), FILE).asMapping();
    file.allowOnly(List.of("name", "stacks", "images"));
    Node name = file.require("name");
    if (!isName(name.asText())) {
      throw name.unexpected("a name of lower-case letters, digits, - and _");
    }
    Node stacks = file.require("stacks");
    return new Project(
        root,
        name.asText(),
        stacks.asSequence().texts(),
        file.get("images").map(Project::source).orElse(ImageSource.AUTO));
  }

  private static ImageSource source(Node node) {
    return Arrays.stream(ImageSource.values())
        .filter(source -> source.name().toLowerCase(Locale.ROOT).equals(node.asText()))
        .findFirst()
        .orElseThrow(() -> node.unexpected("auto, registry or local"));
  }

  /** Whether a text can name a platform, so also a Compose project. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The platform of this project that goes by a name. */
  public Platform platform(String platformName) {
    return new Platform(root, platformName, platformName.equals(usualName()));
  }

  /**
   * The name of the platform that commands mean where {@code --name} says no other: the project's,
   * unless another folder's platform had that name first and this one was given a name of its own.
   */
  public String usualName() {
    Path file = ownName();
    try {
      String own = Files.isRegularFile(file) ? Files.readString(file).strip() : name;
      return isName(own) ? own : name;
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    }
  }

  /** Remembers a name that only this folder's platform goes by. */
  public void nameOwn(String own) {
    StateFolder.ignored(ownName().getParent());
    StateFolder.write(ownName(), own + "\n");
  }

  private Path ownName() {
    return root.resolve(".platform").resolve("name");
  }

  /** The folder of a stack, whether or not it exists. */
  public Path stack(String stack) {
    return root.resolve("stacks").resolve(stack);
  }
}
