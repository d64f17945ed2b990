package dev.platformkit.shop.gateway;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.platformkit.kit.auth.Caller;
import dev.platformkit.kit.contract.Contracts;
import dev.platformkit.kit.http.HttpProblem;
import dev.platformkit.kit.http.HttpReply;
import dev.platformkit.kit.http.HttpRequest;
import dev.platformkit.kit.http.Route;
import dev.platformkit.shop.contract.v1.Access;
import dev.platformkit.shop.contract.v1.ContractProto;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One call that a contract offers over HTTP: the request in, the answer out, both as JSON. */
final class Call {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}=]+)}");
  private static final Pattern TOKEN = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  private static final String BEARER = "bearer ";
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .includingDefaultValueFields()
          .omittingInsignificantWhitespace();

  private final Channel channel;
  private final Consumer<String> tokens;
  private final Access access;
  private final int success;
  private final Binding binding;
  private final MethodDescriptor<DynamicMessage, DynamicMessage> method;

  private Call(
      Channel channel,
      Consumer<String> tokens,
      Descriptors.MethodDescriptor contract,
      Binding binding) {
    this.channel = channel;
    this.tokens = tokens;
    this.binding = binding;
    access = Contracts.access(contract);
    int said = contract.getOptions().getExtension(ContractProto.successStatus);
    success = said == 0 ? 200 : said;
    method =
        MethodDescriptor.newBuilder(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(contract.getInputType())),
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(contract.getOutputType())))
            .setType(MethodType.UNARY)
            .setFullMethodName(
                MethodDescriptor.generateFullMethodName(
                    contract.getService().getFullName(), contract.getName()))
            .build();
  }

  /**
   * The route of a call, if its contract offers one to people.
   *
   * @param tokens throws what is wrong with an access token
   */
  static Optional<Route> route(
      Descriptors.MethodDescriptor contract,
      Channel channel,
      Consumer<String> tokens,
      Backends backends) {
    if (contract.isClientStreaming()
        || contract.isServerStreaming()
        || !contract.getOptions().hasExtension(AnnotationsProto.http)
        || Contracts.access(contract) == Access.ACCESS_SERVICE
        || Contracts.access(contract) == Access.ACCESS_UNSPECIFIED) {
      return Optional.empty();
    }
    HttpRule rule = contract.getOptions().getExtension(AnnotationsProto.http);
    Map.Entry<String, String> asked = asked(rule);
    Binding binding =
        new Binding(
            contract.getInputType(),
            rule.getBody(),
            VARIABLE
                .matcher(asked.getValue())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toList()));
    Call call = new Call(channel, tokens, contract, binding);
    return Optional.of(
        new Route(
            asked.getKey(),
            asked.getValue(),
            request -> backends.call(() -> call.answer(request))));
  }

  private static Map.Entry<String, String> asked(HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> Map.entry("GET", rule.getGet());
      case POST -> Map.entry("POST", rule.getPost());
      case PUT -> Map.entry("PUT", rule.getPut());
      case PATCH -> Map.entry("PATCH", rule.getPatch());
      case DELETE -> Map.entry("DELETE", rule.getDelete());
      case CUSTOM -> Map.entry(rule.getCustom().getKind(), rule.getCustom().getPath());
      case PATTERN_NOT_SET -> throw new IllegalArgumentException("a rule without a path");
    };
  }

  private HttpReply answer(HttpRequest request) {
    Context context = Context.current();
    Optional<String> token = bearer(request);
    if (access == Access.ACCESS_SIGNED_IN || access == Access.ACCESS_ADMIN) {
      tokens.accept(
          token.orElseThrow(
              () ->
                  HttpProblem.of(401, "this needs the header Authorization: Bearer <token>")
                      .header("WWW-Authenticate", "Bearer")
                      .because("NOT_SIGNED_IN", List.of())));
    }
    if (token.isPresent()) {
      context = context.withValue(Caller.TOKEN, token.orElseThrow());
    }
    DynamicMessage message = binding.message(request);
    Context before = context.attach();
    try {
      return reply(ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, message));
    } finally {
      context.detach(before);
    }
  }

  private HttpReply reply(DynamicMessage answer) {
    try {
      return new HttpReply(success, "application/json", Map.of(), JSON.print(answer));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("an answer cannot be written as JSON", e);
    }
  }

  private static Optional<String> bearer(HttpRequest request) {
    return request
        .header("Authorization")
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(value -> TOKEN.matcher(value).matches());
  }
}
