package dev.platformkit.verify.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads journeys.
 *
 * <pre>
 * name: sign-in
 * target: api-gateway
 * steps:
 *   - name: log-in
 *     post: /v1/sessions
 *     json: { name: "{{unique}}", password: "{{secret}}" }
 *     expect: { status: 201 }
 *     capture: { token: $.token }
 * proof:
 *   trace: { step: log-in, calls: [api-gateway>user], errors: 0, orphans: 0 }
 *   logs: { each: [api-gateway, user], lines: exact }
 *   absent:
 *     - { logs: "{{secret}}" }
 * </pre>
 *
 * {@code {{unique}}} and {@code {{secret}}} are new in every run; other values are captured.
 */
public final class JourneyReader {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
  private static final int MOST_TIMES = 50;
  private static final Set<String> GIVEN = Set.of("unique", "secret");

  private final Set<String> known = new HashSet<>(GIVEN);
  private final List<String> steps = new ArrayList<>();

  private JourneyReader() {}

  /** Every journey of a folder, ordered by file; none where there is no such folder. */
  public static List<Journey> readAll(Path root, Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(file -> read(file, root.relativize(file).toString()))
          .toList();
    } catch (IOException e) {
      throw Problem.usage("cannot read " + root.relativize(folder) + ": " + e).causedBy(e);
    }
  }

  /**
   * Reads one journey.
   *
   * @throws Problem exit 2 with file, line and column of what is not right
   */
  public static Journey read(Path file, String shownAs) {
    return new JourneyReader().journey(YamlReader.read(file, shownAs), shownAs);
  }

  static Journey parse(String text, String shownAs) {
    return new JourneyReader().journey(YamlReader.parse(text, shownAs), shownAs);
  }

  private Journey journey(Node root, String file) {
    Node.Mapping map = root.asMapping();
    map.allowOnly(List.of("name", "summary", "target", "settings", "steps", "proof"));
    String name = name(map.require("name"));
    String target = map.require("target").asText();
    Node stepsNode = map.require("steps");
    List<Step> read = new ArrayList<>();
    for (Node step : stepsNode.asSequence().items()) {
      read.add(step(step.asMapping()));
    }
    if (read.isEmpty()) {
      throw Problem.usage(stepsNode.position() + "  a journey needs a step");
    }
    Proof proof = new ProofReader(steps, known).read(map.require("proof").asMapping());
    return new Journey(name, file, target, settings(map.get("settings")), read, proof);
  }

  /** Values by key, as {@code category/page-size: 21}: what {@code config/} holds of services. */
  private static Map<String, String> settings(Optional<Node> node) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Node.Mapping.Entry entry : entries(node)) {
      if (!entry.key().matches("[a-z0-9-]+/[A-Za-z0-9._/-]+")) {
        throw Problem.usage(
            entry.position()
                + "  expected a service's key such as category/page-size, found \""
                + entry.key()
                + "\"");
      }
      settings.put("config/" + entry.key(), entry.value().asText());
    }
    return settings;
  }

  private Step step(Node.Mapping step) {
    List<String> keys = new ArrayList<>(METHODS);
    keys.addAll(
        List.of(
            "name", "json", "headers", "bearer", "times", "at_once", "await", "expect", "capture"));
    step.allowOnly(keys);
    String name = name(step.require("name"));
    if (steps.contains(name)) {
      throw Problem.usage(step.position() + "  a second step is named \"" + name + "\"");
    }
    List<String> methods = METHODS.stream().filter(m -> step.get(m).isPresent()).toList();
    if (methods.size() != 1) {
      throw Problem.usage(
          step.position() + "  a step has one of " + String.join(", ", METHODS) + " with a path");
    }
    Template path = template(step.require(methods.get(0)), known);
    if (!path.text().startsWith("/")) {
      throw step.require(methods.get(0)).unexpected("a path that starts with /");
    }
    Map<String, Template> headers = new LinkedHashMap<>();
    step.get("headers").ifPresent(h -> headers.putAll(templates(h.asMapping())));
    step.get("bearer")
        .map(token -> template(token, known))
        .ifPresent(token -> headers.put("Authorization", new Template("Bearer " + token.text())));
    Optional<JsonNode> json = step.get("json").map(node -> JsonBody.read(node, known));
    Node.Mapping expect = step.require("expect").asMapping();
    expect.allowOnly(List.of("status", "body"));
    Map<String, JsonPath> captures = new LinkedHashMap<>();
    Map<JsonPath, Template> body = new LinkedHashMap<>();
    step.get("capture")
        .ifPresent(c -> c.asMapping().entries().forEach(e -> captures.put(e.key(), path(e))));
    for (Node.Mapping.Entry entry : entries(expect.get("body"))) {
      JsonPath where =
          JsonPath.parse(entry.key())
              .orElseThrow(
                  () ->
                      Problem.usage(
                          entry.position()
                              + "  expected a path such as $.items[0].id, found \""
                              + entry.key()
                              + "\""));
      body.put(where, template(entry.value(), known));
    }
    Step.Sending sending = sending(step, methods.get(0));
    List<Integer> statuses = statuses(expect.require("status"), sending);
    if (sending.times() > 1 && !captures.isEmpty()) {
      throw Problem.usage(
              step.require("capture").position()
                  + "  of a step sent many times nothing is captured")
          .detail("nobody could tell from which answer");
    }
    steps.add(name);
    known.addAll(captures.keySet());
    return new Step(
        name,
        step.position(),
        methods.get(0).toUpperCase(Locale.ROOT),
        path,
        json,
        headers,
        sending,
        statuses,
        body,
        captures);
  }

  private static Step.Sending sending(Node.Mapping step, String method) {
    int times = step.get("times").map(Node::asInt).orElse(1);
    if (times < 1 || times > MOST_TIMES) {
      throw step.require("times").unexpected("a number from 1 to " + MOST_TIMES);
    }
    int atOnce = step.get("at_once").map(Node::asInt).orElse(1);
    if (atOnce < 1 || atOnce > times) {
      throw step.require("at_once").unexpected("a number from 1 to " + times + ", its times");
    }
    boolean awaited = step.get("await").map(Node::asFlag).orElse(false);
    if (awaited && (times > 1 || !method.equals("get"))) {
      throw Problem.usage(
          step.require("await").position() + "  only a get that is sent once can be awaited");
    }
    return new Step.Sending(times, atOnce, awaited);
  }

  private static List<Integer> statuses(Node status, Step.Sending sending) {
    if (!(status instanceof Node.Sequence several)) {
      return List.of(status.asInt());
    }
    List<Integer> statuses = several.items().stream().map(Node::asInt).toList();
    if (statuses.isEmpty() || statuses.size() > sending.times()) {
      throw status.unexpected("as many statuses as the step is sent times, or fewer");
    }
    return statuses;
  }

  private Map<String, Template> templates(Node.Mapping map) {
    Map<String, Template> templates = new LinkedHashMap<>();
    map.entries().forEach(e -> templates.put(e.key(), template(e.value(), known)));
    return templates;
  }

  private static List<Node.Mapping.Entry> entries(Optional<Node> map) {
    return map.map(m -> m.asMapping().entries()).orElse(List.of());
  }

  private static JsonPath path(Node.Mapping.Entry entry) {
    return JsonPath.parse(entry.value().asText())
        .orElseThrow(() -> entry.value().unexpected("a path such as $.items[0].id"));
  }

  private static String name(Node node) {
    if (!node.asText().matches("[a-z0-9][a-z0-9-]*")) {
      throw node.unexpected("a name of lower-case letters, digits and -");
    }
    return node.asText();
  }

  /** Text whose places all have a value by then. */
  static Template template(Node node, Set<String> known) {
    Template template = new Template(node.asText());
    for (String name : template.names()) {
      if (!known.contains(name)) {
        Problem problem =
            Problem.usage(node.position() + "  no step before this one captures \"" + name + "\"");
        throw Nearest.of(name, known)
            .map(near -> problem.detail("did you mean \"" + near + "\"?"))
            .orElse(problem);
      }
    }
    return template;
  }
}
