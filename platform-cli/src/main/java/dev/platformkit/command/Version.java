package dev.platformkit.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the version in the jar's manifest, and the Java it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "platform " + ofThisJar().orElse("(not from a jar)"), "java " + Runtime.version()
    };
  }

  /** The version of the command line; empty when it does not run from its jar. */
  static Optional<String> ofThisJar() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
  }
}
