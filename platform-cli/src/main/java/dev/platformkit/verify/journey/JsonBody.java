package dev.platformkit.verify.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.platformkit.source.Node;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The JSON that a step sends: written as YAML, with templates in its texts. */
final class JsonBody {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d*)\\.\\d+");

  private JsonBody() {}

  /** Reads a body; its templates may use the known values. */
  static JsonNode read(Node node, Set<String> known) {
    if (node instanceof Node.Mapping mapping) {
      ObjectNode object = JSON.objectNode();
      mapping.entries().forEach(e -> object.set(e.key(), read(e.value(), known)));
      return object;
    }
    if (node instanceof Node.Sequence sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.items().forEach(item -> array.add(read(item, known)));
      return array;
    }
    Node.Scalar scalar = (Node.Scalar) node;
    if (!scalar.plain()) {
      return JSON.textNode(JourneyReader.template(scalar, known).text());
    }
    if (scalar.isNull()) {
      return JSON.nullNode();
    }
    String text = scalar.text();
    if (text.equals("true") || text.equals("false")) {
      return JSON.booleanNode(text.equals("true"));
    }
    if (WHOLE.matcher(text).matches()) {
      return JSON.numberNode(Long.parseLong(text));
    }
    if (DECIMAL.matcher(text).matches()) {
      return JSON.numberNode(Double.parseDouble(text));
    }
    return JSON.textNode(JourneyReader.template(scalar, known).text());
  }

  /** The body with the values of its templates. */
  static JsonNode with(JsonNode body, Map<String, String> values) {
    if (body instanceof ObjectNode object) {
      ObjectNode filled = JSON.objectNode();
      object.properties().forEach(e -> filled.set(e.getKey(), with(e.getValue(), values)));
      return filled;
    }
    if (body instanceof ArrayNode array) {
      ArrayNode filled = JSON.arrayNode();
      array.forEach(item -> filled.add(with(item, values)));
      return filled;
    }
    return body instanceof TextNode text
        ? JSON.textNode(new Template(text.textValue()).with(values))
        : body;
  }
}
