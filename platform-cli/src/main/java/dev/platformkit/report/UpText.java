package dev.platformkit.report;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.kv.KvDiff;
import dev.platformkit.lifecycle.Amounts;
import dev.platformkit.lifecycle.Up;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import dev.platformkit.terminal.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code up} says in the end:
 *
 * <pre>
 * ✓ demo is up in 48 s: 18 ready, 1 left out, 1.9 GiB
 *
 *   gateway     http://127.0.0.1:8080/        consul     http://127.0.0.1:8500/ui
 *   next: platform verify
 * </pre>
 */
public final class UpText {
  private final Console console;

  public UpText(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /**
   * The whole of it.
   *
   * @param configured how Consul and the files that it has to hold compared, before what was
   *     missing in it was written
   * @param took the whole of {@code up}, images included
   * @param next the command to go on with; empty when we go on ourselves
   */
  public String of(
      Assembly assembly,
      Up.Outcome outcome,
      List<KvDiff> configured,
      Duration took,
      Optional<String> next) {
    List<String> lines = new ArrayList<>();
    outcome
        .restarted()
        .forEach(
            (service, file) ->
                lines.add(
                    "  " + service + " was restarted: it mounts " + file + ", which changed"));
    outcome
        .reloaded()
        .forEach((service, file) -> lines.add("  " + service + " has read " + file + " again"));
    lines.addAll(configured(configured, assembly));
    lines.add(console.strong(summary(assembly, outcome, took)));
    lines.add("");
    lines.addAll(links(links(assembly, outcome.containers())));
    next.ifPresent(command -> lines.add("  next: " + assembly.platform().command(command)));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> configured(List<KvDiff> compared, Assembly assembly) {
    int written = compared.stream().mapToInt(diff -> diff.additions().changes().size()).sum();
    int differing = compared.stream().mapToInt(diff -> diff.differences().size()).sum() - written;
    List<String> lines = new ArrayList<>();
    if (written > 0) {
      lines.add("  consul was given " + Amounts.count(written, "key") + " that kv/ names");
    }
    if (differing > 0) {
      lines.add(
          "  consul holds something else than kv/ says under %s: %s"
              .formatted(Amounts.count(differing, "key"), assembly.platform().command("kv diff")));
    }
    return lines;
  }

  private String summary(Assembly assembly, Up.Outcome outcome, Duration took) {
    boolean nothing = outcome.started().isEmpty();
    String name = assembly.platform().name();
    int leftOut = assembly.leftOut().size();
    return console.good()
        + (nothing
            ? " %s is up, nothing had to be done: ".formatted(name)
            : " %s is up in %s: ".formatted(name, Amounts.duration(took)))
        + outcome.services()
        + " ready"
        + (nothing || outcome.started().size() == outcome.services()
            ? ""
            : " (" + outcome.started().size() + " of them started now)")
        + (leftOut == 0 ? "" : ", " + leftOut + " left out")
        + outcome.memory().map(bytes -> ", " + Amounts.bytes(bytes)).orElse("");
  }

  /** URL by service, of all that have something to show. */
  public static Map<String, String> links(Assembly assembly, List<Container> containers) {
    Map<String, String> links = new LinkedHashMap<>();
    for (Service service : assembly.services()) {
      service
          .open()
          .ifPresent(
              open ->
                  containers.stream()
                      .filter(c -> c.service().equals(service.name()))
                      .flatMap(c -> java.util.stream.Stream.ofNullable(c.ports().get(open.port())))
                      .findFirst()
                      .ifPresent(
                          port ->
                              links.put(service.name(), "http://127.0.0.1:" + port + open.path())));
    }
    return links;
  }

  /** The links in one column or two, as the terminal's width allows. */
  public List<String> links(Map<String, String> links) {
    int name = links.keySet().stream().mapToInt(String::length).max().orElse(0);
    int url = links.values().stream().mapToInt(String::length).max().orElse(0);
    int columns = console.width() >= 2 * (name + url + 6) ? 2 : 1;
    List<String> cells = new ArrayList<>();
    links.forEach(
        (service, address) ->
            cells.add(("%-" + name + "s  %-" + url + "s").formatted(service, address)));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < cells.size(); i += columns) {
      lines.add(
          ("  " + String.join("    ", cells.subList(i, Math.min(cells.size(), i + columns))))
              .stripTrailing());
    }
    return lines;
  }
}
