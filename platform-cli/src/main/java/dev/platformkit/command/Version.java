package dev.platformkit.command;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the version in the jar's manifest, and the Java it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "platform " + (version == null ? "(not from a jar)" : version), "java " + Runtime.version()
    };
  }
}
