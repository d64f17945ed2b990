package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import dev.platformkit.terminal.Console;
import java.util.Arrays;
import java.util.Map;

/**
 * Whether we may install software on this machine and start a daemon on it: {@code --yes}, or
 * {@code PLATFORM_CONSENT=engine}, or a yes typed by somebody at a terminal. Silence is no consent.
 */
public final class Consent {
  /** The variable that can give consent for whole scripts. */
  public static final String VARIABLE = "PLATFORM_CONSENT";

  private static final String ENGINE = "engine";

  private final boolean given;
  private final Console console;

  private Consent(boolean given, Console console) {
    this.given = given;
    this.console = requireNonNull(console, "console is null");
  }

  /**
   * What consent there is at the start of a command.
   *
   * @param yes whether the command was called with {@code --yes}
   * @param environment of this process
   * @param console where to ask
   */
  public static Consent of(boolean yes, Map<String, String> environment, Console console) {
    String words = environment.getOrDefault(VARIABLE, "");
    boolean given =
        yes || Arrays.stream(words.split(",")).map(String::strip).anyMatch(ENGINE::equals);
    return new Consent(given, console);
  }

  /** Consent as already given, or as asked for now. */
  boolean to(String what) {
    return given || console.confirm(what);
  }
}
