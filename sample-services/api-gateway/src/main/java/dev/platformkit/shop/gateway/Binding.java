package dev.platformkit.shop.gateway;

import static java.util.Objects.requireNonNull;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.platformkit.shop.contract.v1.Access;
import dev.platformkit.shop.contract.v1.ContractProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a method of a contract is asked for over HTTP.
 *
 * @param service the name under which the registry knows who answers
 * @param verb the HTTP method
 * @param template {@code /v1/products/{product.id}}: names are paths of fields of the request
 * @param body which part of the request the body is: a field, all of it ({@code *}), or none
 */
record Binding(String service, MethodDescriptor method, String verb, String template, String body) {
  /** All that is not in the path. */
  static final String EVERYTHING = "*";

  private static final int OK = 200;

  Binding {
    requireNonNull(service, "service is null");
    requireNonNull(method, "method is null");
    requireNonNull(verb, "verb is null");
    requireNonNull(template, "template is null");
    requireNonNull(body, "body is null");
  }

  /**
   * The ways to ask for a method; none where its contract names none.
   *
   * @throws IllegalArgumentException saying what in its contract cannot be done over HTTP
   */
  static List<Binding> of(String service, MethodDescriptor method) {
    MethodOptions options = method.getOptions();
    if (!options.hasExtension(AnnotationsProto.http)) {
      return List.of();
    }
    HttpRule rule = options.getExtension(AnnotationsProto.http);
    List<Binding> bindings = new ArrayList<>();
    Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream())
        .forEach(each -> bindings.add(of(service, method, each)));
    return bindings;
  }

  private static Binding of(String service, MethodDescriptor method, HttpRule rule) {
    Binding binding =
        switch (rule.getPatternCase()) {
          case GET -> new Binding(service, method, "GET", rule.getGet(), rule.getBody());
          case POST -> new Binding(service, method, "POST", rule.getPost(), rule.getBody());
          case PUT -> new Binding(service, method, "PUT", rule.getPut(), rule.getBody());
          case PATCH -> new Binding(service, method, "PATCH", rule.getPatch(), rule.getBody());
          case DELETE -> new Binding(service, method, "DELETE", rule.getDelete(), rule.getBody());
          case CUSTOM, PATTERN_NOT_SET -> throw impossible(method, "its HTTP method is not known");
        };
    binding.check(rule);
    return binding;
  }

  private void check(HttpRule rule) {
    if (method.isClientStreaming() || method.isServerStreaming()) {
      throw impossible(method, "it streams");
    }
    if (access() != Access.ACCESS_ANYONE && !needsUser()) {
      throw impossible(method, "its access is " + access());
    }
    if (!rule.getResponseBody().isEmpty()) {
      throw impossible(method, "response_body is not supported");
    }
    if (!template.matches("(/([A-Za-z0-9._~-]+|\\{[a-z0-9_.]+}))+")) {
      throw impossible(method, template + " is no template of plain parts and {names}");
    }
    for (String name : pathNames()) {
      FieldDescriptor field = Fields.at(method.getInputType(), name);
      if (field.isRepeated() || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        throw impossible(method, name + " cannot stand in a path");
      }
    }
    if (!body.isEmpty() && !body.equals(EVERYTHING)) {
      FieldDescriptor field = Fields.at(method.getInputType(), body);
      if (field.isRepeated() || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        throw impossible(method, body + " cannot be a body");
      }
    }
  }

  private static IllegalArgumentException impossible(MethodDescriptor method, String why) {
    return new IllegalArgumentException(method.getFullName() + " is not served: " + why);
  }

  /** What two bindings have in common that answer the same requests. */
  String key() {
    return verb + " " + shape();
  }

  /** The template, whatever its names are. */
  String shape() {
    return template.replaceAll("\\{[^}]+}", "{}");
  }

  /** The fields that stand in the path, in its order. */
  List<String> pathNames() {
    return names(template);
  }

  /** What is named in a template. */
  static List<String> names(String template) {
    return Stream.of(template.split("/", -1))
        .filter(part -> part.startsWith("{"))
        .map(part -> part.substring(1, part.length() - 1))
        .toList();
  }

  /** The fields of the request that may stand in the query, but for those of messages in it. */
  List<FieldDescriptor> queryFields() {
    return body.equals(EVERYTHING)
        ? List.of()
        : method.getInputType().getFields().stream()
            .filter(field -> field.getJavaType() != FieldDescriptor.JavaType.MESSAGE)
            .filter(field -> !pathNames().contains(field.getName()))
            .toList();
  }

  /** Whether this is the way that the contract names first. */
  boolean isFirst() {
    return of(service, method).get(0).equals(this);
  }

  Access access() {
    return method.getOptions().getExtension(ContractProto.access);
  }

  /** Whether somebody has to be signed in. */
  boolean needsUser() {
    return access() == Access.ACCESS_SIGNED_IN || access() == Access.ACCESS_ADMIN;
  }

  int successStatus() {
    int said = method.getOptions().getExtension(ContractProto.successStatus);
    return said == 0 ? OK : said;
  }
}
