package dev.platformkit.shop.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.platformkit.kit.http.HttpProblem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What in a JSON body does not fit its message, by the path of each field, such as {@code
 * product.sizes[1].name}. Protobuf's own reader tells of the first thing only and not where it is,
 * and takes {@code 5}, {@code true} and {@code ["a"]} for texts.
 *
 * <p>What was found there is not told: it may be a secret.
 */
final class Misfits {
  private static final JsonFormat.Parser PARSER = JsonFormat.parser();

  private final List<FieldError> found = new ArrayList<>();

  private Misfits() {}

  /**
   * None where all of it fits.
   *
   * @param path what stands before the names of its fields
   */
  static List<FieldError> of(JsonObject body, Descriptor message, String path) {
    Misfits misfits = new Misfits();
    misfits.look(body, message, path);
    return misfits.found;
  }

  private void look(JsonObject object, Descriptor message, String path) {
    object
        .asMap()
        .forEach(
            (name, value) -> {
              FieldDescriptor field = named(message, name);
              if (field == null) {
                wrong(path + name, "is no field here");
              } else if (!value.isJsonNull()) {
                look(value, field, path + field.getName());
              }
            });
  }

  private void look(JsonElement value, FieldDescriptor field, String path) {
    if (!field.isRepeated() || field.isMapField()) {
      lookAtOne(value, field, path);
    } else if (value instanceof JsonArray several) {
      for (int i = 0; i < several.size(); i++) {
        lookAtOne(several.get(i), field, path + "[" + i + "]");
      }
    } else {
      wrong(path, "must be a list");
    }
  }

  private void lookAtOne(JsonElement value, FieldDescriptor field, String path) {
    if (isOurs(field) && value instanceof JsonObject object) {
      look(object, field.getMessageType(), path + ".");
    } else if (isOurs(field) || !isOfItsKind(value, field) || !fits(value, field)) {
      wrong(path, "must be " + expected(field));
    }
  }

  private void wrong(String path, String problem) {
    found.add(new FieldError(path, problem));
  }

  /** By the name that the contract has for it, or the one that protobuf's JSON makes of that. */
  private static FieldDescriptor named(Descriptor message, String name) {
    return message.getFields().stream()
        .filter(field -> field.getName().equals(name) || field.getJsonName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** A message that JSON has as an object with the message's fields. */
  private static boolean isOurs(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && !field.isMapField()
        && !field.getMessageType().getFile().getPackage().equals("google.protobuf");
  }

  private static boolean isOfItsKind(JsonElement value, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING, BYTE_STRING -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
      case BOOLEAN -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
      case INT, LONG, FLOAT, DOUBLE, ENUM ->
          value.isJsonPrimitive() && !value.getAsJsonPrimitive().isBoolean();
      case MESSAGE -> !value.isJsonNull();
    };
  }

  private static boolean fits(JsonElement value, FieldDescriptor field) {
    JsonElement whole = value;
    if (field.isRepeated() && !field.isMapField()) {
      JsonArray one = new JsonArray();
      one.add(value);
      whole = one;
    }
    JsonObject alone = new JsonObject();
    alone.add(field.getName(), whole);
    try {
      PARSER.merge(alone.toString(), DynamicMessage.newBuilder(field.getContainingType()));
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static String expected(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "text";
      case BYTE_STRING -> "text in Base64";
      case BOOLEAN -> "true or false";
      case INT, LONG -> "a whole number that fits";
      case FLOAT, DOUBLE -> "a number that fits";
      case ENUM ->
          field.getEnumType().getValues().stream()
              .map(EnumValueDescriptor::getName)
              .collect(Collectors.joining(", ", "one of ", ""));
      case MESSAGE -> isOurs(field) ? "an object" : "a " + field.getMessageType().getName();
    };
  }
}
