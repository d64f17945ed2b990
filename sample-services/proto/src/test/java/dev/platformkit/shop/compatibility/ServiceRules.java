package dev.platformkit.shop.compatibility;

import static java.util.stream.Collectors.toMap;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.platformkit.shop.contract.v1.Access;
import dev.platformkit.shop.contract.v1.ContractProto;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may not become of the methods of a service. */
final class ServiceRules {
  private static final String ADD_ANOTHER = "keep it as it was, and add another method";

  /** Who may call before, and the others who may be let in as well without turning anybody away. */
  private static final Map<Access, Set<Access>> WIDER =
      Map.of(
          Access.ACCESS_ADMIN, Set.of(Access.ACCESS_SIGNED_IN, Access.ACCESS_ANYONE),
          Access.ACCESS_SIGNED_IN, Set.of(Access.ACCESS_ANYONE),
          Access.ACCESS_SERVICE, Set.of(Access.ACCESS_ANYONE));

  private final String name;
  private final String file;
  private final List<Break> breaks;

  ServiceRules(String name, String file, List<Break> breaks) {
    this.name = name;
    this.file = file;
    this.breaks = breaks;
  }

  void compare(ServiceDescriptorProto old, ServiceDescriptorProto now) {
    Map<String, MethodDescriptorProto> methods =
        now.getMethodList().stream()
            .collect(toMap(MethodDescriptorProto::getName, Function.identity()));
    old.getMethodList()
        .forEach(
            method -> {
              MethodDescriptorProto is = methods.get(method.getName());
              if (is == null) {
                broken(
                    method,
                    "was removed or renamed",
                    "whoever calls it: UNIMPLEMENTED",
                    "keep it, marked deprecated");
              } else {
                compare(method, is);
              }
            });
  }

  private void compare(MethodDescriptorProto old, MethodDescriptorProto now) {
    differs(
        old,
        "takes",
        stream(old.getClientStreaming(), old.getInputType()),
        stream(now.getClientStreaming(), now.getInputType()),
        "whoever calls it: what is sent is no longer what is read");
    differs(
        old,
        "answers",
        stream(old.getServerStreaming(), old.getOutputType()),
        stream(now.getServerStreaming(), now.getOutputType()),
        "whoever calls it: what is answered is no longer what is read");
    Set<String> routes = routes(now).collect(Collectors.toSet());
    routes(old)
        .filter(route -> !routes.contains(route))
        .forEach(
            route ->
                broken(
                    old,
                    "has no route %s any more".formatted(route),
                    "whoever comes over HTTP: 404, or other parameters",
                    "keep it, and add the new one to its additional_bindings"));
    differs(
        old,
        "succeeds over HTTP with",
        success(old),
        success(now),
        "whoever comes over HTTP and expects the other",
        "keep it");
    access(old, now);
    if (harmless(old) && !harmless(now)) {
      broken(
          old,
          "is no longer harmless to make twice",
          "whoever was built to try it again: it may happen twice",
          ADD_ANOTHER);
    }
  }

  private void access(MethodDescriptorProto old, MethodDescriptorProto now) {
    Access was = old.getOptions().getExtension(ContractProto.access);
    Access is = now.getOptions().getExtension(ContractProto.access);
    if (was != is && !WIDER.getOrDefault(was, Set.of()).contains(is)) {
      broken(
          old,
          "may be called by %s now, not %s".formatted(is, was),
          "who could call it: UNAUTHENTICATED or PERMISSION_DENIED",
          ADD_ANOTHER);
    }
  }

  private void differs(
      MethodDescriptorProto method, String what, String old, String now, String why) {
    differs(method, what, old, now, why, ADD_ANOTHER);
  }

  private void differs(
      MethodDescriptorProto method,
      String what,
      String old,
      String now,
      String why,
      String instead) {
    if (!old.equals(now)) {
      broken(method, "%s %s now, not %s".formatted(what, now, old), why, instead);
    }
  }

  private void broken(MethodDescriptorProto method, String what, String why, String instead) {
    breaks.add(new Break(file, name + "/" + method.getName(), what, why, instead));
  }

  private static String stream(boolean many, String type) {
    return (many ? "a stream of " : "one ") + type.substring(1);
  }

  private static String success(MethodDescriptorProto method) {
    int status = method.getOptions().getExtension(ContractProto.successStatus);
    return Integer.toString(status == 0 ? 200 : status);
  }

  private static boolean harmless(MethodDescriptorProto method) {
    return method.getOptions().getIdempotencyLevel() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
  }

  private static Stream<String> routes(MethodDescriptorProto method) {
    if (!method.getOptions().hasExtension(AnnotationsProto.http)) {
      return Stream.of();
    }
    HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
    return Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream())
        .map(ServiceRules::route);
  }

  /** {@code POST /v1/products with the body product}. */
  private static String route(HttpRule rule) {
    String path =
        switch (rule.getPatternCase()) {
          case GET -> "GET " + rule.getGet();
          case PUT -> "PUT " + rule.getPut();
          case POST -> "POST " + rule.getPost();
          case DELETE -> "DELETE " + rule.getDelete();
          case PATCH -> "PATCH " + rule.getPatch();
          case CUSTOM -> rule.getCustom().getKind() + " " + rule.getCustom().getPath();
          case PATTERN_NOT_SET -> "";
        };
    return path
        + (rule.getBody().isEmpty() ? "" : " with the body " + rule.getBody())
        + (rule.getResponseBody().isEmpty() ? "" : " answering " + rule.getResponseBody());
  }
}
