package dev.platformkit.verify.journey;

import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a journey expects as proof; see {@link Proof} for the YAML. */
final class ProofReader {
  private final List<String> steps;
  private final Set<String> known;

  /**
   * A reader.
   *
   * @param steps the names of the journey's steps
   * @param known the values that it has after its last step
   */
  ProofReader(List<String> steps, Set<String> known) {
    this.steps = List.copyOf(steps);
    this.known = Set.copyOf(known);
  }

  Proof read(Node.Mapping proof) {
    proof.allowOnly(List.of("trace", "logs", "metrics", "absent"));
    List<Proof.TraceOf> traces = new ArrayList<>();
    proof
        .get("trace")
        .ifPresent(
            node ->
                (node instanceof Node.Sequence list ? list.items() : List.of(node))
                    .forEach(each -> traces.add(trace(each.asMapping()))));
    List<Proof.Metric> metrics = new ArrayList<>();
    for (Node metric : items(proof.get("metrics"))) {
      metrics.add(metric(metric.asMapping()));
    }
    List<Template> absent = new ArrayList<>();
    for (Node each : items(proof.get("absent"))) {
      Node.Mapping map = each.asMapping();
      map.allowOnly(List.of("logs"));
      absent.add(JourneyReader.template(map.require("logs"), known));
    }
    return new Proof(
        traces, proof.get("logs").map(node -> logs(node.asMapping())), metrics, absent);
  }

  private Proof.TraceOf trace(Node.Mapping trace) {
    trace.allowOnly(List.of("step", "calls", "errors", "orphans"));
    Node step = trace.require("step");
    if (!steps.contains(step.asText())) {
      Problem problem =
          Problem.usage(step.position() + "  no step is named \"" + step.asText() + "\"");
      throw Nearest.of(step.asText(), steps)
          .map(near -> problem.detail("did you mean \"" + near + "\"?"))
          .orElse(problem);
    }
    List<Proof.Call> calls = new ArrayList<>();
    for (Node call : trace.require("calls").asSequence().items()) {
      String[] ends = call.asText().split(">", -1);
      if (ends.length != 2 || ends[0].isBlank() || ends[1].isBlank()) {
        throw call.unexpected("a call such as cart-api>cart");
      }
      calls.add(new Proof.Call(ends[0].strip(), ends[1].strip()));
    }
    if (calls.isEmpty()) {
      throw Problem.usage(trace.position() + "  a trace without calls proves nothing");
    }
    return new Proof.TraceOf(
        step.asText(), calls, count(trace.get("errors"), 0), count(trace.get("orphans"), 0));
  }

  private static Proof.Logs logs(Node.Mapping logs) {
    logs.allowOnly(List.of("each", "lines"));
    Node lines = logs.require("lines");
    if (!lines.asText().equals("exact")) {
      throw lines.unexpected("exact");
    }
    Node each = logs.require("each");
    List<String> services = each.asSequence().texts();
    if (services.isEmpty()) {
      throw Problem.usage(each.position() + "  logs of no service prove nothing");
    }
    return new Proof.Logs(services);
  }

  private static Proof.Metric metric(Node.Mapping metric) {
    metric.allowOnly(List.of("query", "rises", "instances", "exemplar"));
    Node query = metric.require("query");
    Selector selector =
        Selector.parse(query.asText())
            .orElseThrow(
                () ->
                    query
                        .unexpected("a series selector such as calls_total{service=\"cart\"}")
                        .detail("functions guess between samples; a rise is read from raw ones"));
    Optional<Node> exemplar = metric.get("exemplar");
    if (exemplar.isPresent() && !exemplar.get().asText().equals("trace")) {
      throw exemplar.get().unexpected("trace");
    }
    Node rises = metric.require("rises");
    if (count(Optional.of(rises), 0) < 1) {
      throw rises.unexpected("a number from 1");
    }
    Optional<Node> instances = metric.get("instances");
    if (count(instances, 1) < 1) {
      throw instances.orElseThrow().unexpected("a number from 1");
    }
    Proof.Metric read =
        new Proof.Metric(
            query.asText(), selector, rises.asInt(), count(instances, 1), exemplar.isPresent());
    if (read.job().isEmpty()) {
      throw Problem.usage(query.position() + "  the selector must name its job or service")
          .detail("else nobody can tell whether it was scraped after the journey");
    }
    return read;
  }

  private static int count(Optional<Node> node, int otherwise) {
    int count = node.map(Node::asInt).orElse(otherwise);
    if (count < 0) {
      throw node.orElseThrow().unexpected("a number from 0");
    }
    return count;
  }

  private static List<Node> items(Optional<Node> list) {
    return list.map(node -> node.asSequence().items()).orElse(List.of());
  }
}
