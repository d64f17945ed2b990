package dev.platformkit;

import dev.platformkit.command.CommandLines;

/** Where the command line enters; the only {@code System.exit}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(CommandLines.run(args));
  }
}
