package dev.platformkit.check.prometheus;

import dev.platformkit.check.Addresses;
import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Document;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Kind;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.Shape;
import dev.platformkit.source.Node;
import dev.platformkit.source.Spot;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the addresses in Prometheus's configuration with the Compose files: scrape targets,
 * Alertmanagers, and the registries that further targets come from.
 */
@CheckSpec(
    id = "prometheus/scrape-port",
    severity = Severity.ERROR,
    summary = "Every target of Prometheus is a service that exists and listens on that port.")
public final class ScrapePort implements Check {
  private static final Pattern TARGET =
      Pattern.compile(
          "(?:\\[(?<six>[0-9a-fA-F:]+)]|(?<host>[^:/\\[\\]\\s]+))(?::(?<port>\\d{1,5}))?");

  @Override
  public void run(Workspace workspace, Findings findings) {
    for (Document config : workspace.documents(Kind.PROMETHEUS)) {
      Addresses addresses = new Addresses(workspace, config);
      if (addresses.cannotJudge()) {
        findings.note(
            config.source(),
            config.source().start(),
            "no Compose file is here to compare the scrape targets with");
        continue;
      }
      for (Node job : Shape.itemsAt(config.root(), "scrape_configs")) {
        job(config, job, addresses, findings);
      }
      for (Node alertmanagers : Shape.itemsAt(config.root(), "alerting", "alertmanagers")) {
        job(config, alertmanagers, addresses, findings);
      }
    }
  }

  private static void job(Document config, Node job, Addresses addresses, Findings findings) {
    int defaultPort =
        Shape.scalarAt(job, "scheme").map(Node.Scalar::text).orElse("").equals("https") ? 443 : 80;
    for (Node discovery : Shape.itemsAt(job, "consul_sd_configs")) {
      Shape.scalarAt(discovery, "server")
          .ifPresent(server -> judge(config, server, 8500, addresses, findings));
    }
    Shape.itemsAt(job, "dns_sd_configs").forEach(of -> dns(config, of, addresses, findings));
    List<Node> rewritten =
        Shape.itemsAt(job, "relabel_configs").stream()
            .filter(
                rule ->
                    Shape.scalarAt(rule, "target_label")
                        .filter(label -> label.text().equals("__address__"))
                        .isPresent())
            .toList();
    if (!rewritten.isEmpty()) {
      rewritten.forEach(
          rule ->
              Shape.scalarAt(rule, "replacement")
                  .ifPresent(to -> judge(config, to, defaultPort, addresses, findings)));
      return;
    }
    for (Node group : Shape.itemsAt(job, "static_configs")) {
      for (Node target : Shape.itemsAt(group, "targets")) {
        Shape.scalar(target)
            .ifPresent(text -> judge(config, text, defaultPort, addresses, findings));
      }
    }
  }

  /** Names of which each address is a target; where the port is in the records, there is none. */
  private static void dns(Document config, Node discovery, Addresses addresses, Findings findings) {
    String type = Shape.scalarAt(discovery, "type").map(Node.Scalar::text).orElse("SRV");
    Optional<Integer> port =
        Shape.scalarAt(discovery, "port")
            .map(Node.Scalar::text)
            .filter(text -> text.matches("\\d{1,5}"))
            .map(Integer::valueOf);
    if (port.isEmpty() || !type.matches("A|AAAA")) {
      return;
    }
    for (Node name : Shape.itemsAt(discovery, "names")) {
      Shape.scalar(name)
          .ifPresent(
              host ->
                  addresses.judge(host.text(), port.get(), config.source().spot(host), findings));
    }
  }

  private static void judge(
      Document config,
      Node.Scalar target,
      int defaultPort,
      Addresses addresses,
      Findings findings) {
    if (target.text().contains("$")) {
      return; // filled in when Prometheus runs
    }
    Spot spot = config.source().spot(target);
    Matcher address = TARGET.matcher(target.text());
    if (!address.matches()) {
      findings.add(config.source(), spot, "\"" + target.text() + "\" is not of the form host:port");
      return;
    }
    String host = address.group("six") == null ? address.group("host") : address.group("six");
    int port =
        address.group("port") == null ? defaultPort : Integer.parseInt(address.group("port"));
    addresses.judge(host, port, spot, findings);
  }
}
