package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** A way into a JSON answer, {@code $.items[0].product.id}. */
public record JsonPath(String text, JsonPointer pointer) {
  private static final Pattern FORM = Pattern.compile("\\$(\\.[A-Za-z_][\\w-]*|\\[\\d+\\])*");

  public JsonPath {
    requireNonNull(text, "text is null");
    requireNonNull(pointer, "pointer is null");
  }

  /** Reads a path; empty where the text is none. */
  public static Optional<JsonPath> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    String pointer = text.substring(1).replace('.', '/').replace('[', '/').replace("]", "");
    return Optional.of(new JsonPath(text, JsonPointer.compile(pointer)));
  }

  /** The single value there, as text; empty where there is none. */
  public Optional<String> in(JsonNode json) {
    JsonNode value = json.at(pointer);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }
}
