package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

/** The door through which metrics of what does not stay come in. */
public final class Pushgateway {
  private final HttpServer server;

  public Pushgateway(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /** Replaces a group by one gauge. */
  public void push(String job, String label, String value, String metric, double number) {
    server.sendGood(
        HttpCall.of("PUT", group(job, label, value))
            .body("text/plain", "# TYPE " + metric + " gauge\n" + metric + " " + number + "\n"));
  }

  /** What it shows to whoever scrapes it. */
  public Exposition shown() {
    return Exposition.of(server, "/metrics");
  }

  public void delete(String job, String label, String value) {
    server.sendGood(HttpCall.of("DELETE", group(job, label, value)));
  }

  private static String group(String job, String label, String value) {
    return "/metrics/job/%s/%s/%s".formatted(job, label, value);
  }
}
