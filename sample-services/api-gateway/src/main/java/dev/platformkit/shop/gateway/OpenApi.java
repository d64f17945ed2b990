package dev.platformkit.shop.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Describes routes as an OpenAPI 3.1 document. */
final class OpenApi {
  private static final String PROBLEM = "Problem";
  private static final String TOKEN = "access_token";

  private final Schemas schemas = new Schemas();
  private final JsonObject paths = new JsonObject();
  private final Set<String> tags = new TreeSet<>();

  /** Paths that differ only in what their names are called are one, by the first one's names. */
  private final Map<String, String> templates = new HashMap<>();

  private OpenApi() {}

  static String of(List<Binding> bindings) {
    OpenApi document = new OpenApi();
    bindings.forEach(document::add);
    return document.write();
  }

  private void add(Binding binding) {
    String path = templates.computeIfAbsent(binding.shape(), shape -> binding.template());
    if (!paths.has(path)) {
      paths.add(path, new JsonObject());
    }
    paths
        .getAsJsonObject(path)
        .add(binding.verb().toLowerCase(Locale.ROOT), operation(binding, path));
  }

  private JsonObject operation(Binding binding, String path) {
    JsonObject operation = new JsonObject();
    String service = binding.method().getService().getName();
    tags.add(service);
    operation.add("tags", array(service));
    operation.addProperty("operationId", operationId(binding));
    Comments.of(binding.method()).ifPresent(text -> operation.addProperty("description", text));
    JsonArray parameters = parameters(binding, Binding.names(path));
    if (!parameters.isEmpty()) {
      operation.add("parameters", parameters);
    }
    if (!binding.body().isEmpty()) {
      operation.add("requestBody", body(binding));
    }
    operation.add("responses", responses(binding));
    if (binding.needsUser()) {
      JsonObject needed = new JsonObject();
      needed.add(TOKEN, new JsonArray());
      JsonArray security = new JsonArray();
      security.add(needed);
      operation.add("security", security);
    }
    return operation;
  }

  /** Unique also where a method can be asked for in two ways. */
  private String operationId(Binding binding) {
    String name = binding.method().getService().getName() + "_" + binding.method().getName();
    return binding.isFirst() ? name : name + "_" + binding.key().replaceAll("[^A-Za-z0-9]+", "_");
  }

  private JsonArray parameters(Binding binding, List<String> inPath) {
    JsonArray parameters = new JsonArray();
    for (int i = 0; i < inPath.size(); i++) {
      FieldDescriptor field =
          Fields.at(binding.method().getInputType(), binding.pathNames().get(i));
      parameters.add(parameter("path", inPath.get(i), field, true));
    }
    for (FieldDescriptor field : binding.queryFields()) {
      parameters.add(parameter("query", field.getName(), field, Schemas.isRequired(field)));
    }
    return parameters;
  }

  private JsonObject parameter(String where, String name, FieldDescriptor field, boolean needed) {
    JsonObject parameter = new JsonObject();
    parameter.addProperty("name", name);
    parameter.addProperty("in", where);
    parameter.addProperty("required", needed);
    Comments.of(field).ifPresent(text -> parameter.addProperty("description", text));
    parameter.add("schema", schemas.of(field));
    return parameter;
  }

  private JsonObject body(Binding binding) {
    boolean everything = binding.body().equals(Binding.EVERYTHING);
    String prefix = everything ? "" : binding.body() + ".";
    Set<String> inPath = new TreeSet<>();
    for (String name : binding.pathNames()) {
      if (name.startsWith(prefix)) {
        inPath.add(name.substring(prefix.length()));
      }
    }
    JsonObject body = new JsonObject();
    body.addProperty("required", true);
    body.add(
        "content",
        json(
            "application/json",
            schemas.without(
                everything
                    ? binding.method().getInputType()
                    : Fields.at(binding.method().getInputType(), binding.body()).getMessageType(),
                inPath)));
    return body;
  }

  private JsonObject responses(Binding binding) {
    JsonObject good = new JsonObject();
    good.addProperty("description", "Done.");
    good.add("content", json("application/json", schemas.refer(binding.method().getOutputType())));
    JsonObject bad = new JsonObject();
    bad.addProperty("$ref", "#/components/responses/" + PROBLEM);
    JsonObject responses = new JsonObject();
    responses.add(Integer.toString(binding.successStatus()), good);
    if (binding.needsUser()) {
      responses.add("401", bad.deepCopy());
    }
    responses.add("default", bad);
    return responses;
  }

  private String write() {
    JsonObject info = new JsonObject();
    info.addProperty("title", "The shop");
    info.addProperty("version", "1");
    JsonObject document = new JsonObject();
    document.addProperty("openapi", "3.1.0");
    document.add("info", info);
    JsonArray named = new JsonArray();
    tags.forEach(
        tag -> {
          JsonObject each = new JsonObject();
          each.addProperty("name", tag);
          named.add(each);
        });
    document.add("tags", named);
    document.add("paths", paths);
    document.add("components", components());
    return document.toString();
  }

  private JsonObject components() {
    JsonObject token = new JsonObject();
    token.addProperty("type", "http");
    token.addProperty("scheme", "bearer");
    token.addProperty("bearerFormat", "JWT");
    JsonObject security = new JsonObject();
    security.add(TOKEN, token);
    JsonObject problem = new JsonObject();
    problem.addProperty("description", "Why not.");
    problem.add("content", json("application/problem+json", Schemas.problem()));
    JsonObject responses = new JsonObject();
    responses.add(PROBLEM, problem);
    JsonObject components = new JsonObject();
    components.add("schemas", schemas.all());
    components.add("responses", responses);
    components.add("securitySchemes", security);
    return components;
  }

  private static JsonObject json(String type, JsonObject schema) {
    JsonObject of = new JsonObject();
    of.add("schema", schema);
    JsonObject content = new JsonObject();
    content.add(type, of);
    return content;
  }

  private static JsonArray array(String value) {
    JsonArray array = new JsonArray();
    array.add(value);
    return array;
  }
}
