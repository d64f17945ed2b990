package dev.platformkit.report;

import static java.util.Objects.requireNonNull;

import dev.platformkit.lifecycle.Amounts;
import dev.platformkit.lifecycle.ServiceStatus;
import dev.platformkit.lifecycle.Status;
import dev.platformkit.project.Platform;
import dev.platformkit.terminal.Console;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A status for a person: a row per stack, then a line for whatever is not ready, with the cause.
 *
 * <pre>
 * demo · 17 of 18 services ready
 *
 *   data        ✓ postgres 2h   ✓ nats 2h
 *   samples     ✗ cart   ✓ product 2h
 *
 * ✗ cart  exited: exit code 137 (SIGKILL), 12 s ago
 *   try: platform logs cart
 * </pre>
 */
public final class StatusText {
  private final Console console;
  private final Instant now;

  public StatusText(Console console, Instant now) {
    this.console = requireNonNull(console, "console is null");
    this.now = requireNonNull(now, "now is null");
  }

  public String of(Status status, Platform platform) {
    List<ServiceStatus> bad = status.services().stream().filter(s -> !s.ready()).toList();
    int good = status.services().size() - bad.size();
    List<String> lines = new ArrayList<>();
    lines.add(
        status.name()
            + (console.unicode() ? " · " : " - ")
            + (bad.isEmpty() ? "all " + good : good + " of " + status.services().size())
            + " services ready");
    lines.add("");
    rows(status).forEach((stack, cells) -> lines.addAll(Cells.row(stack, cells, console)));
    for (String service : status.leftOut()) {
      lines.add(
          "  "
              + console.leftOut()
              + " "
              + service
              + " left out: it exists only as an official image, and images are built here");
    }
    if (!bad.isEmpty()) {
      lines.add("");
      bad.forEach(service -> lines.add(cause(service)));
      lines.add("  try: " + platform.command("logs " + bad.get(0).service()));
      lines.add("       " + platform.command("up"));
    }
    return String.join("\n", lines) + "\n";
  }

  private Map<String, List<String>> rows(Status status) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (ServiceStatus service : status.services()) {
      rows.computeIfAbsent(service.stack(), stack -> new ArrayList<>()).add(cell(service));
    }
    return rows;
  }

  private String cell(ServiceStatus service) {
    return service.ready()
        ? console.good()
            + " "
            + service.service()
            + service.since().map(t -> " " + console.faint(ago(t))).orElse("")
        : console.bad() + " " + service.service();
  }

  private String cause(ServiceStatus service) {
    String when =
        switch (service.state()) {
          case "exited", "dead" -> service.since().map(t -> ", " + ago(t) + " ago").orElse("");
          default -> "";
        };
    return console.bad() + " " + service.service() + "  " + service.cause().orElse("") + when;
  }

  private String ago(Instant time) {
    return Amounts.shortly(Duration.between(time, now));
  }
}
