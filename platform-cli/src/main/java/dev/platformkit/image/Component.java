package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Something that an image is built of here.
 *
 * @param name of the component and of its image
 * @param version the image's tag without the hash
 * @param folder where it stands: {@code stacks/images/<name>} or {@code sample-services/<name>}
 * @param kind how it is built
 */
public record Component(String name, String version, Path folder, Kind kind) {
  /** The repository of every image that is built here; no registry has this name. */
  static final String REPOSITORY = "platform.local/";

  /** How an image is built. */
  public enum Kind {
    /** By an executable {@code build} in its folder, which is given the tag. */
    SCRIPT,
    /** By a Dockerfile, with its folder as the context. */
    DOCKERFILE,
    /** By a Dockerfile, after Maven has assembled what it copies. */
    MAVEN_AND_DOCKERFILE,
    /** One of our own services: Maven first, then the Dockerfile that they share. */
    SERVICE
  }

  public Component {
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    requireNonNull(folder, "folder is null");
    requireNonNull(kind, "kind is null");
  }

  /** The variable that compose files use for its image. */
  public String variable() {
    return name.toUpperCase(Locale.ROOT).replace('-', '_') + "_IMAGE";
  }

  /** The tag that names a version, whatever it was built of; moved by each build. */
  String plainTag() {
    return REPOSITORY + name + ":" + version;
  }

  /** The tag that names exactly what it is built of. */
  String tag(String inputHash) {
    return plainTag() + "-" + inputHash;
  }
}
