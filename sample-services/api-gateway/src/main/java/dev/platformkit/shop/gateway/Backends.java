package dev.platformkit.shop.gateway;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.platformkit.kit.auth.Caller;
import dev.platformkit.kit.http.HttpReply;
import dev.platformkit.kit.http.HttpRequest;
import dev.platformkit.kit.http.Route;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Calls to the services behind the gateway, by what their contracts say at the moment. One deadline
 * for everything that a request takes travels with its call, and no thread waits for the answer: a
 * service that hangs costs the others nothing.
 */
final class Backends {
  /** Images are kept elsewhere, so nobody has more than this to say. */
  private static final int LARGEST_BODY = 256 * 1024;

  /**
   * Of threads that write answers; gRPC's own have no limit, and nobody here waits for anything.
   */
  private static final int WRITERS = 4;

  private static final JsonFormat.Printer ANSWERS =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .includingDefaultValueFields()
          .omittingInsignificantWhitespace();

  private final Executor writers =
      Executors.newFixedThreadPool(
          WRITERS, new ThreadFactoryBuilder().setDaemon(true).setNameFormat("answers-%d").build());
  private final Function<String, Channel> channels;
  private final Bearer bearer;
  private final Duration deadline;

  Backends(Function<String, Channel> channels, Tokens tokens, Duration deadline) {
    this.channels = channels;
    bearer = new Bearer(tokens);
    this.deadline = deadline;
  }

  /** Serves a method of a contract over HTTP. */
  Route route(Binding binding) {
    MethodDescriptor<DynamicMessage, DynamicMessage> method = method(binding.method());
    return new Route(
        binding.verb(),
        binding.template(),
        LARGEST_BODY,
        (Route.LaterHandler) request -> answer(binding, method, request));
  }

  private CompletableFuture<HttpReply> answer(
      Binding binding,
      MethodDescriptor<DynamicMessage, DynamicMessage> method,
      HttpRequest request) {
    Optional<String> token = bearer.of(binding, request);
    DynamicMessage question = Question.of(binding, request);
    CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    Context context = Context.current();
    Futures.addCallback(
        call(channels.apply(binding.service()), method, question, token),
        new FutureCallback<DynamicMessage>() {
          @Override
          public void onSuccess(DynamicMessage answer) {
            context.wrap(() -> succeed(reply, binding, answer)).run();
          }

          @Override
          public void onFailure(Throwable failure) {
            context.wrap(() -> fail(reply, failure)).run();
          }
        },
        MoreExecutors.directExecutor());
    return reply;
  }

  private static void succeed(
      CompletableFuture<HttpReply> reply, Binding binding, DynamicMessage answer) {
    try {
      reply.complete(
          new HttpReply(
              binding.successStatus(),
              "application/json",
              Map.of("Cache-Control", "no-store"),
              ANSWERS.print(answer)));
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      reply.completeExceptionally(e);
    }
  }

  private static void fail(CompletableFuture<HttpReply> reply, Throwable failure) {
    reply.completeExceptionally(Refused.problem(failure));
  }

  /** The kit takes the token from the context to the service, and on to whom that asks. */
  private ListenableFuture<DynamicMessage> call(
      Channel channel,
      MethodDescriptor<DynamicMessage, DynamicMessage> method,
      DynamicMessage question,
      Optional<String> token) {
    io.grpc.Context onBehalf = io.grpc.Context.current();
    if (token.isPresent()) {
      onBehalf = onBehalf.withValue(Caller.TOKEN, token.get());
    }
    io.grpc.Context before = onBehalf.attach();
    try {
      CallOptions inTime =
          CallOptions.DEFAULT
              .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
              .withExecutor(writers);
      return ClientCalls.futureUnaryCall(channel.newCall(method, inTime), question);
    } finally {
      onBehalf.detach(before);
    }
  }

  /** By the name that the contract has for it, which metrics and spans are to show. */
  private static MethodDescriptor<DynamicMessage, DynamicMessage> method(
      Descriptors.MethodDescriptor method) {
    return MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(
            MethodDescriptor.generateFullMethodName(
                method.getService().getFullName(), method.getName()))
        .setRequestMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
        .setResponseMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
        .build();
  }
}
