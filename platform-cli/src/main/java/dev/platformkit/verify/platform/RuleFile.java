package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule file as far as verify compares it with what Prometheus has loaded.
 *
 * @param path relative to the project
 */
record RuleFile(String path, List<Group> groups) {

  /** A group of rules. */
  record Group(String name, List<Rule> rules) {
    Group {
      requireNonNull(name, "name is null");
      rules = List.copyOf(rules);
    }
  }

  /**
   * A rule.
   *
   * @param name of its alert or record
   * @param pending how long an alert's condition must hold
   */
  record Rule(
      String name,
      boolean alerting,
      String expression,
      Duration pending,
      Map<String, String> labels,
      Map<String, String> annotations) {
    Rule {
      requireNonNull(name, "name is null");
      requireNonNull(expression, "expression is null");
      requireNonNull(pending, "pending is null");
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }

  RuleFile {
    requireNonNull(path, "path is null");
    groups = List.copyOf(groups);
  }

  /** Every {@code *.rules.yaml} under the project's {@code alert-rules}. */
  static List<RuleFile> all(Path root) {
    Path folder = root.resolve("alert-rules");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".rules.yaml"))
          .sorted()
          .map(file -> read(file, root.relativize(file).toString()))
          .toList();
    } catch (IOException e) {
      throw Problem.usage("cannot read " + root.relativize(folder) + ": " + e).causedBy(e);
    }
  }

  private static RuleFile read(Path file, String shownAs) {
    Node.Mapping map = YamlReader.read(file, shownAs).asMapping();
    List<Group> groups = new ArrayList<>();
    for (Node node : items(map.get("groups"))) {
      Node.Mapping group = node.asMapping();
      List<Rule> rules = new ArrayList<>();
      for (Node rule : items(group.get("rules"))) {
        rules.add(rule(rule.asMapping()));
      }
      groups.add(new Group(group.require("name").asText(), rules));
    }
    return new RuleFile(shownAs, groups);
  }

  private static Rule rule(Node.Mapping rule) {
    Optional<Node> alert = rule.get("alert");
    String name = alert.orElseGet(() -> rule.require("record")).asText();
    return new Rule(
        name,
        alert.isPresent(),
        rule.require("expr").asText(),
        rule.get("for").map(RuleFile::duration).orElse(Duration.ZERO),
        texts(rule.get("labels")),
        texts(rule.get("annotations")));
  }

  private static Map<String, String> texts(Optional<Node> mapping) {
    Map<String, String> texts = new HashMap<>();
    mapping.ifPresent(
        node ->
            node.asMapping()
                .entries()
                .forEach(entry -> texts.put(entry.key(), entry.value().asText())));
    return texts;
  }

  private static Duration duration(Node node) {
    return PrometheusDuration.of(node.asText())
        .orElseThrow(() -> node.unexpected("a duration such as 1m30s"));
  }

  private static List<Node> items(Optional<Node> list) {
    return list.map(node -> node.asSequence().items()).orElse(List.of());
  }

  /**
   * Whether a group that Prometheus has loaded comes from this file: the folders above it may be
   * called otherwise where Prometheus runs.
   */
  boolean isSource(String loadedFrom) {
    Path here = Path.of(path);
    Path there = Path.of(loadedFrom);
    int known = Math.min(2, Math.min(here.getNameCount(), there.getNameCount()));
    return there.endsWith(here.subpath(here.getNameCount() - known, here.getNameCount()));
  }

  int size() {
    return groups.stream().mapToInt(group -> group.rules().size()).sum();
  }
}
