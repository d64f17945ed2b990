package dev.platformkit.check.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.source.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** What is read with places, as the tree without places that a schema judges. */
final class Json {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

  /** Aliases make a small file large; a Compose file of this size is none. */
  private static final int MOST = 200_000;

  private final JsonNodeFactory factory = JsonNodeFactory.instance;
  private int nodes;

  private Json() {}

  static JsonNode of(Node node) {
    return new Json().convert(node);
  }

  private JsonNode convert(Node node) {
    if (++nodes > MOST) {
      throw new IllegalArgumentException("too large once its aliases are written out");
    }
    if (node instanceof Node.Mapping mapping) {
      ObjectNode object = factory.objectNode();
      mapping.entries().forEach(entry -> object.set(entry.key(), convert(entry.value())));
      return object;
    }
    if (node instanceof Node.Sequence sequence) {
      ArrayNode array = factory.arrayNode();
      sequence.items().forEach(item -> array.add(convert(item)));
      return array;
    }
    return scalar((Node.Scalar) node);
  }

  /** The type of a value by YAML 1.2, as Compose reads it. */
  private JsonNode scalar(Node.Scalar scalar) {
    String text = scalar.text();
    if (!scalar.plain()) {
      return factory.textNode(text);
    }
    if (scalar.isNull()) {
      return factory.nullNode();
    }
    if (text.equals("true") || text.equals("false")) {
      return factory.booleanNode(text.equals("true"));
    }
    if (WHOLE.matcher(text).matches()) {
      boolean based = text.startsWith("0o") || text.startsWith("0x");
      int base = text.startsWith("0o") ? 8 : 16;
      return factory.numberNode(
          based ? new BigInteger(text.substring(2), base) : new BigInteger(text));
    }
    if (DECIMAL.matcher(text).matches()) {
      return factory.numberNode(new BigDecimal(text));
    }
    return factory.textNode(text);
  }
}
