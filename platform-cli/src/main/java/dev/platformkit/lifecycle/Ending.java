package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.stack.Service;
import java.util.Map;
import java.util.Optional;

/** How a container ended, in words. */
final class Ending {
  private static final int SIGNALLED = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11,
          "SIGSEGV", 15, "SIGTERM");

  private Ending() {}

  /** {@code exit code 137 (SIGKILL)}, or that memory ran out. */
  static String of(int exitCode, boolean oomKilled, Service service) {
    String code =
        "exit code "
            + exitCode
            + Optional.ofNullable(SIGNALS.get(exitCode - SIGNALLED))
                .map(signal -> " (" + signal + ")")
                .orElse("");
    return oomKilled ? "out of memory, " + code + limit(service) : code;
  }

  static String of(Container container, Service service) {
    return of(container.exitCode(), container.oomKilled(), service);
  }

  /** The service's memory limit as its file writes it. */
  private static String limit(Service service) {
    return service
        .definition()
        .get("mem_limit")
        .map(limit -> "; its mem_limit is " + limit.asText() + " (" + limit.position() + ")")
        .orElse("");
  }
}
