package dev.platformkit.check.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.platformkit.compose.Interpolation;
import dev.platformkit.compose.Shape;
import dev.platformkit.problem.Nearest;
import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schema of Compose files, and its errors in words, each with its place. */
final class ComposeSchema {
  private static final String RESOURCE =
      "/dev/platformkit/check/compose/schema/compose.schema.yaml";

  private static final Map<String, String> TYPES =
      Map.of(
          "string", "text",
          "boolean", "true or false",
          "integer", "a whole number",
          "number", "a number",
          "array", "a list",
          "object", "a mapping",
          "null", "nothing");

  private final JsonNode source;
  private final Schema schema;

  /** What is wrong at a place, and what to write instead where that is known. */
  record Complaint(Spot spot, String message, Optional<String> fix) {}

  private ComposeSchema(JsonNode source) {
    this.source = source;
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(source);
  }

  /** The one schema, read when it is first asked for. */
  static ComposeSchema get() {
    return Loaded.SCHEMA;
  }

  private static final class Loaded {
    private static final ComposeSchema SCHEMA = load();
  }

  private static ComposeSchema load() {
    try (InputStream text = ComposeSchema.class.getResourceAsStream(RESOURCE)) {
      return new ComposeSchema(new YAMLMapper().readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Complaint> judge(SourceFile file, Node root) {
    List<Complaint> complaints = new ArrayList<>();
    for (Error error : schema.validate(Json.of(root))) {
      List<String> path = elements(error.getInstanceLocation());
      Node node = at(root, path);
      boolean undecided =
          node instanceof Node.Scalar scalar && Interpolation.hasVariable(scalar.text());
      if (!undecided) {
        complaints.add(complaint(file, node, path, error));
      }
    }
    return complaints;
  }

  private Complaint complaint(SourceFile file, Node node, List<String> path, Error error) {
    JsonNode rule = rule(error);
    Spot spot = file.spot(node);
    return switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey(file, node, error.getProperty(), rule);
      case "propertyNames" -> badName(file, node, String.valueOf(error.getArguments()[0]));
      case "required" -> told(spot, title(rule) + " needs the key \"" + error.getProperty() + "\"");
      case "type" ->
          told(spot, subject(path) + " has to be " + wanted(rule) + ", found " + node.describe());
      case "enum" -> notPossible(spot, node, path, rule);
      default -> told(spot, node.describe() + " is not " + wanted(rule));
    };
  }

  private static Complaint told(Spot spot, String message) {
    return new Complaint(spot, message, Optional.empty());
  }

  private static Complaint unknownKey(SourceFile file, Node node, String key, JsonNode rule) {
    List<String> known = new ArrayList<>();
    rule.path("properties").fieldNames().forEachRemaining(known::add);
    return new Complaint(
        keySpot(file, node, key),
        "unknown key \"" + key + "\" in " + title(rule),
        Nearest.of(key, known));
  }

  private Complaint badName(SourceFile file, Node node, String key) {
    return told(
        keySpot(file, node, key), "\"" + key + "\" is not " + title(source.at("/$defs/name")));
  }

  private static Complaint notPossible(Spot spot, Node node, List<String> path, JsonNode rule) {
    List<String> possible = new ArrayList<>();
    rule.path("enum").forEach(value -> possible.add(value.asText()));
    return new Complaint(
        spot,
        subject(path) + " is " + String.join(", ", possible) + ", not " + node.describe(),
        node instanceof Node.Scalar scalar
            ? Nearest.of(scalar.text(), possible)
            : Optional.empty());
  }

  private static Spot keySpot(SourceFile file, Node node, String key) {
    return Shape.entries(node).stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .map(file::spot)
        .orElseGet(() -> file.spot(node));
  }

  /** The key whose value is judged; an entry of a list goes by the list's. */
  private static String subject(List<String> path) {
    if (path.isEmpty()) {
      return "a Compose file";
    }
    String last = path.get(path.size() - 1);
    boolean entry = last.matches("\\d+") && path.size() > 1;
    return entry ? "an entry of " + path.get(path.size() - 2) : last;
  }

  private static String title(JsonNode rule) {
    return rule.path("title").asText("a mapping");
  }

  private static String wanted(JsonNode rule) {
    if (rule.has("title")) {
      return title(rule);
    }
    List<String> types = new ArrayList<>();
    JsonNode type = rule.path("type");
    if (type.isTextual()) {
      types.add(TYPES.get(type.asText()));
    }
    type.forEach(one -> types.add(TYPES.get(one.asText())));
    return String.join(" or ", types);
  }

  /** The part of the schema that an error's keyword stands in. */
  private JsonNode rule(Error error) {
    List<String> path = elements(error.getSchemaLocation().getFragment());
    JsonNode rule = source;
    for (String element : path.subList(0, Math.max(0, path.size() - 1))) {
      rule = rule.isArray() ? rule.path(Integer.parseInt(element)) : rule.path(element);
    }
    return rule;
  }

  private static Node at(Node root, List<String> path) {
    Node node = root;
    for (String element : path) {
      if (node instanceof Node.Sequence sequence) {
        node = sequence.items().get(Integer.parseInt(element));
      } else {
        node = node.asMapping().entry(element).orElseThrow().value();
      }
    }
    return node;
  }

  private static List<String> elements(NodePath path) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < path.getNameCount(); i++) {
      elements.add(String.valueOf(path.getElement(i)));
    }
    return elements;
  }
}
