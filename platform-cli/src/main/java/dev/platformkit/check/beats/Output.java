package dev.platformkit.check.beats;

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
import dev.platformkit.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a Beat sends what it collects: one output, to a service that exists and listens there. */
@CheckSpec(
    id = "beats/output",
    severity = Severity.ERROR,
    summary = "A Beat has one output, and it goes to a service that listens.")
public final class Output implements Check {
  private static final Map<String, Integer> DEFAULT_PORTS =
      Map.of("elasticsearch", 9200, "logstash", 5044, "kafka", 9092, "redis", 6379);

  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\w+://)?(?:[^@/]*@)?(?<host>[^:/\\[\\]@\\s]+)(?::(?<port>\\d{1,5}))?(?:/.*)?");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}:]+(?::(?<default>[^}?]*))?}");

  /** An output, whether written as {@code output.redis:} or below {@code output:}. */
  private record Configured(String name, Node.Mapping.Entry entry) {}

  @Override
  public void run(Workspace workspace, Findings findings) {
    for (Document config : workspace.documents(Kind.BEATS)) {
      judge(workspace, config, findings);
    }
  }

  private static void judge(Workspace workspace, Document config, Findings findings) {
    SourceFile source = config.source();
    List<Configured> outputs = outputs(config.root()).filter(Output::isEnabled).toList();
    boolean cloud =
        Shape.entries(config.root()).stream().anyMatch(e -> e.key().startsWith("cloud"));
    if (outputs.isEmpty() && !cloud && isMain(config.root())) {
      findings.add(source, source.start(), "no output is enabled, so nothing is sent anywhere");
    }
    if (outputs.size() > 1) {
      Configured second = outputs.get(1);
      findings.add(
          source,
          source.spot(second.entry()),
          "a second output beside " + outputs.get(0).name() + "; a Beat starts with one only");
    }
    Addresses addresses = new Addresses(workspace, config);
    for (Configured output : outputs) {
      Integer port = DEFAULT_PORTS.get(output.name());
      if (port != null && addresses.cannotJudge()) {
        findings.note(
            source,
            source.spot(output.entry()),
            "no Compose file is here to compare the output with");
      } else if (port != null) {
        hosts(output).forEach(host -> host(source, host, port, addresses, findings));
      }
    }
  }

  /** A file with inputs alone is a part that another file includes. */
  private static boolean isMain(Node root) {
    return Shape.entries(root).stream()
        .anyMatch(entry -> !entry.key().matches("\\w+beat(\\..*)?|processors"));
  }

  private static Stream<Configured> outputs(Node root) {
    List<Configured> outputs = new ArrayList<>();
    for (Node.Mapping.Entry entry : Shape.entries(root)) {
      if (entry.key().equals("output")) {
        Shape.entries(entry.value()).forEach(e -> outputs.add(new Configured(e.key(), e)));
      } else if (entry.key().matches("output\\.\\w+")) {
        outputs.add(new Configured(entry.key().substring("output.".length()), entry));
      }
    }
    return outputs.stream();
  }

  private static boolean isEnabled(Configured output) {
    return Shape.scalarAt(output.entry().value(), "enabled")
        .map(enabled -> !enabled.text().equals("false"))
        .orElse(true);
  }

  private static List<Node.Scalar> hosts(Configured output) {
    Node value = output.entry().value();
    List<Node.Scalar> hosts = new ArrayList<>();
    Shape.scalarAt(value, "hosts").ifPresent(hosts::add);
    Shape.itemsAt(value, "hosts").forEach(host -> Shape.scalar(host).ifPresent(hosts::add));
    return hosts;
  }

  private static void host(
      SourceFile source, Node.Scalar written, int port, Addresses addresses, Findings findings) {
    Optional<String> resolved = resolved(written.text());
    if (resolved.isEmpty()) {
      return; // set when the Beat starts
    }
    Matcher parts = HOST.matcher(resolved.get());
    if (!parts.matches()) {
      findings.add(source, source.spot(written), "\"" + written.text() + "\" names no host");
      return;
    }
    String asked = parts.group("port");
    addresses.judge(
        parts.group("host"),
        asked == null ? port : Integer.parseInt(asked),
        source.spot(written),
        findings);
  }

  /** The text with the defaults of its variables; empty where one has none. */
  private static Optional<String> resolved(String text) {
    Matcher variable = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (variable.find()) {
      if (variable.group("default") == null) {
        return Optional.empty();
      }
      variable.appendReplacement(result, Matcher.quoteReplacement(variable.group("default")));
    }
    return Optional.of(variable.appendTail(result).toString());
  }
}
