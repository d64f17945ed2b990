package dev.platformkit.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a run of the command line writes: results to {@link #out()}, progress and problems to
 * {@link #err()}. Symbols come before words and colour is only a second signal, so that a log file
 * and a screen reader lose nothing.
 *
 * @param interactive whether {@link #err()} is a terminal on which progress may be redrawn
 * @param canAsk whether somebody is there to answer a question
 * @param colour whether to colour
 * @param unicode whether symbols other than ASCII can be shown
 * @param width of the terminal in columns; a usual one where there is no terminal
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    boolean interactive,
    boolean canAsk,
    boolean colour,
    boolean unicode,
    int width) {
  private static final int USUAL_WIDTH = 120;
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ ([1-9]\\d{0,3})");

  public Console {
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
  }

  /**
   * The console of this process.
   *
   * @param noColour asked to leave out colour; NO_COLOR in the environment says the same
   * @param noUnicode asked for ASCII; a dumb terminal says the same
   */
  public static Console ofThisProcess(boolean noColour, boolean noUnicode) {
    Map<String, String> environment = System.getenv();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean interactive = isTerminal(2) && !dumb;
    boolean colour =
        isTerminal(1) && interactive && !noColour && environment.get("NO_COLOR") == null;
    return new Console(
        writer(new FileOutputStream(FileDescriptor.out)),
        writer(new FileOutputStream(FileDescriptor.err)),
        interactive,
        interactive && isTerminal(0),
        colour,
        !noUnicode && !dumb,
        interactive ? columns(environment) : USUAL_WIDTH);
  }

  /** A thing that is good. */
  public String good() {
    return paint(unicode ? "✓" : "ok", "32");
  }

  /** A thing that is bad. */
  public String bad() {
    return paint(unicode ? "✗" : "XX", "31");
  }

  /** A thing under way. */
  public String busy() {
    return paint(unicode ? "◌" : "..", "33");
  }

  /** A thing left out. */
  public String leftOut() {
    return unicode ? "·" : "--";
  }

  /** Text that is less important than its surroundings. */
  public String faint(String text) {
    return paint(text, "2");
  }

  /** Text that a reader should find first. */
  public String strong(String text) {
    return paint(text, "1");
  }

  private String paint(String text, String code) {
    return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
  }

  /**
   * Asks a question that yes or no answers; no is what anything else means.
   *
   * @return false also where nobody can answer
   */
  public boolean confirm(String question) {
    if (!canAsk) {
      return false;
    }
    err.print(question + " [y/N] ");
    err.flush();
    try {
      StringBuilder answer = new StringBuilder();
      for (int c = System.in.read(); c != -1 && c != '\n'; c = System.in.read()) {
        answer.append((char) c);
      }
      return answer.toString().strip().matches("(?i)y(es)?");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, UTF_8), true);
  }

  /**
   * Asks the kernel what a file descriptor is; {@code System.console()} knows only both at once.
   */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (!Files.isSymbolicLink(link)) {
      return false;
    }
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false; // a descriptor that is closed is no terminal
    }
  }

  private static int columns(Map<String, String> environment) {
    String columns = environment.get("COLUMNS");
    if (columns != null && columns.matches("\\d{1,4}")) {
      return Integer.parseInt(columns);
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectErrorStream(true)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), UTF_8);
      Matcher rowsAndColumns = ROWS_AND_COLUMNS.matcher(size.strip());
      return rowsAndColumns.matches() ? Integer.parseInt(rowsAndColumns.group(1)) : 80;
    } catch (IOException e) {
      return 80; // no stty here: the width that every terminal has
    }
  }
}
