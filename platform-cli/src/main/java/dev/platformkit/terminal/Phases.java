package dev.platformkit.terminal;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** Work done in phases, each told in one line of progress with the time it took. */
public final class Phases {
  private static final String CLEAR_LINE = "\r\033[K";

  private final Console console;

  public Phases(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /** Does one phase; what it throws is thrown on, after its line says that it failed. */
  public void run(String what, Runnable work) {
    long start = System.nanoTime();
    if (console.interactive()) {
      console.err().print("  " + console.busy() + " " + what);
      console.err().flush();
    }
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      double seconds = (System.nanoTime() - start) / 1e9;
      console
          .err()
          .printf(
              Locale.ROOT,
              "%s  %s %s %.1f s%n",
              console.interactive() ? CLEAR_LINE : "",
              done ? console.good() : console.bad(),
              what,
              seconds);
      console.err().flush();
    }
  }
}
