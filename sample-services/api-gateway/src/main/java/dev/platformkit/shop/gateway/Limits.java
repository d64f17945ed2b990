package dev.platformkit.shop.gateway;

import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.envoyproxy.pgv.validate.Validate;
import io.envoyproxy.pgv.validate.Validate.FieldRules;

/**
 * What a contract's {@code validate.rules} say of a field, as far as JSON Schema can say it too.
 */
final class Limits {
  private Limits() {}

  /** Whether a request that leaves the field out is refused. */
  static boolean isRequired(FieldDescriptor field) {
    FieldRules rules = rules(field);
    if (field.toProto().getProto3Optional()) {
      return false;
    }
    return switch (rules.getTypeCase()) {
      case STRING -> rules.getString().getMinLen() > 0 || rules.getString().hasPattern();
      case REPEATED -> rules.getRepeated().getMinItems() > 0;
      case ENUM -> rules.getEnum().getNotInList().contains(0);
      case INT32 -> rules.getInt32().getGte() > 0;
      default -> rules.getMessage().getRequired();
    };
  }

  /** Adds the limits to the schema of the field. */
  static void add(JsonObject schema, FieldDescriptor field) {
    FieldRules rules = rules(field);
    switch (rules.getTypeCase()) {
      case STRING -> addString(schema, rules.getString());
      case INT32 -> addInt32(schema, rules.getInt32());
      case REPEATED -> addRepeated(schema, rules.getRepeated());
      default -> {}
    }
  }

  private static void addString(JsonObject schema, Validate.StringRules rules) {
    if (rules.hasMinLen()) {
      schema.addProperty("minLength", rules.getMinLen());
    }
    if (rules.hasMaxLen()) {
      schema.addProperty("maxLength", rules.getMaxLen());
    }
    if (rules.hasPattern()) {
      schema.addProperty("pattern", rules.getPattern());
    }
  }

  private static void addInt32(JsonObject schema, Validate.Int32Rules rules) {
    if (rules.hasGte()) {
      schema.addProperty("minimum", rules.getGte());
    }
    if (rules.hasLte()) {
      schema.addProperty("maximum", rules.getLte());
    }
  }

  private static void addRepeated(JsonObject schema, Validate.RepeatedRules rules) {
    if (rules.hasMinItems()) {
      schema.addProperty("minItems", rules.getMinItems());
    }
    if (rules.hasMaxItems()) {
      schema.addProperty("maxItems", rules.getMaxItems());
    }
  }

  private static FieldRules rules(FieldDescriptor field) {
    return field.getOptions().getExtension(Validate.rules);
  }
}
