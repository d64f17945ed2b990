package dev.platformkit.shop.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.platformkit.shop.contract.v1.ContractProto;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Messages as JSON Schema (2020-12), each once, as protobuf's JSON has them. */
final class Schemas {
  /** What protobuf's JSON writes in a way of its own. */
  private static final Map<String, String> WELL_KNOWN =
      Map.ofEntries(
          Map.entry("google.protobuf.Timestamp", "{'type':'string','format':'date-time'}"),
          Map.entry(
              "google.protobuf.Duration",
              "{'type':'string','pattern':'^-?\\\\d+(\\\\.\\\\d+)?s$'}"),
          Map.entry("google.protobuf.FieldMask", "{'type':'string'}"),
          Map.entry("google.protobuf.Empty", "{'type':'object'}"),
          Map.entry("google.protobuf.Struct", "{'type':'object'}"),
          Map.entry("google.protobuf.Any", "{'type':'object'}"),
          Map.entry("google.protobuf.Value", "{}"),
          Map.entry("google.protobuf.ListValue", "{'type':'array'}"),
          Map.entry("google.protobuf.StringValue", "{'type':'string'}"),
          Map.entry("google.protobuf.BytesValue", "{'type':'string','contentEncoding':'base64'}"),
          Map.entry("google.protobuf.BoolValue", "{'type':'boolean'}"),
          Map.entry("google.protobuf.Int32Value", "{'type':'integer','format':'int32'}"),
          Map.entry("google.protobuf.UInt32Value", "{'type':'integer','minimum':0}"),
          Map.entry("google.protobuf.Int64Value", "{'type':'string','format':'int64'}"),
          Map.entry("google.protobuf.UInt64Value", "{'type':'string','format':'uint64'}"),
          Map.entry("google.protobuf.FloatValue", "{'type':'number'}"),
          Map.entry("google.protobuf.DoubleValue", "{'type':'number'}"));

  private final Map<String, JsonObject> messages = new TreeMap<>();

  /** All that was referred to. */
  JsonObject all() {
    JsonObject all = new JsonObject();
    messages.forEach(all::add);
    return all;
  }

  /** Refers to a message, and describes it if nobody did yet. */
  JsonObject refer(Descriptor message) {
    String name = message.getFullName();
    if (WELL_KNOWN.containsKey(name)) {
      return parsed(WELL_KNOWN.get(name));
    }
    if (!messages.containsKey(name)) {
      // Before it is filled: it may refer to itself.
      messages.put(name, new JsonObject());
      messages.put(name, describe(message, Set.of()));
    }
    JsonObject reference = new JsonObject();
    reference.addProperty("$ref", "#/components/schemas/" + name);
    return reference;
  }

  /** A message but for these fields, which are said elsewhere. */
  JsonObject without(Descriptor message, Set<String> fields) {
    return fields.isEmpty() ? refer(message) : describe(message, fields);
  }

  private JsonObject describe(Descriptor message, Set<String> without) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (FieldDescriptor field : message.getFields()) {
      if (!without.contains(field.getName())) {
        properties.add(field.getName(), described(field));
        if (isRequired(field)) {
          required.add(field.getName());
        }
      }
    }
    JsonObject schema = new JsonObject();
    schema.addProperty("type", "object");
    Comments.of(message).ifPresent(text -> schema.addProperty("description", text));
    schema.add("properties", properties);
    if (!required.isEmpty()) {
      schema.add("required", required);
    }
    return schema;
  }

  private JsonObject described(FieldDescriptor field) {
    JsonObject schema = of(field);
    Comments.of(field).ifPresent(text -> schema.addProperty("description", text));
    return schema;
  }

  /** What may stand in a field. */
  JsonObject of(FieldDescriptor field) {
    if (field.isMapField()) {
      JsonObject map = parsed("{'type':'object'}");
      map.add("additionalProperties", single(field.getMessageType().findFieldByName("value")));
      return map;
    }
    JsonObject single = single(field);
    if (!field.isRepeated()) {
      Limits.add(single, field);
      return single;
    }
    JsonObject list = parsed("{'type':'array'}");
    list.add("items", single);
    Limits.add(list, field);
    return list;
  }

  private JsonObject single(FieldDescriptor field) {
    JsonObject schema =
        switch (field.getType()) {
          case DOUBLE, FLOAT -> parsed("{'type':'number'}");
          case INT32, SINT32, SFIXED32 -> parsed("{'type':'integer','format':'int32'}");
          case UINT32, FIXED32 -> parsed("{'type':'integer','minimum':0}");
          // JSON's numbers would lose digits; protobuf's JSON writes these as text.
          case INT64, SINT64, SFIXED64 -> parsed("{'type':'string','format':'int64'}");
          case UINT64, FIXED64 -> parsed("{'type':'string','format':'uint64'}");
          case BOOL -> parsed("{'type':'boolean'}");
          case STRING -> parsed("{'type':'string'}");
          case BYTES -> parsed("{'type':'string','contentEncoding':'base64'}");
          case ENUM -> choice(field);
          case MESSAGE, GROUP -> refer(field.getMessageType());
        };
    if (field.getOptions().getExtension(ContractProto.secret)) {
      schema.addProperty("format", "password");
    }
    return schema;
  }

  private static JsonObject choice(FieldDescriptor field) {
    JsonArray names = new JsonArray();
    field.getEnumType().getValues().stream().map(EnumValueDescriptor::getName).forEach(names::add);
    JsonObject schema = parsed("{'type':'string'}");
    schema.add("enum", names);
    return schema;
  }

  static boolean isRequired(FieldDescriptor field) {
    return Limits.isRequired(field);
  }

  static JsonObject problem() {
    return parsed(
        """
        {'type':'object','required':['type','title','status','detail','request_id'],'properties':{
          'type':{'type':'string'},'title':{'type':'string'},'status':{'type':'integer'},
          'detail':{'type':'string'},'reason':{'type':'string'},
          'errors':{'type':'array','items':{'type':'object','properties':{
            'field':{'type':'string'},'problem':{'type':'string'}}}},
          'request_id':{'type':'string'}}}""");
  }

  private static JsonObject parsed(String json) {
    return JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
  }
}
