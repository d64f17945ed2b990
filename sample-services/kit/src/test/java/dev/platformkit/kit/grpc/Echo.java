package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.PATIENCE;

import com.google.protobuf.StringValue;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The smallest service there is: one text in, one text out. */
record Echo(UnaryOperator<String> answer) implements BindableService {
  private static final MethodDescriptor<StringValue, StringValue> SAY =
      MethodDescriptor.newBuilder(
              ProtoUtils.marshaller(StringValue.getDefaultInstance()),
              ProtoUtils.marshaller(StringValue.getDefaultInstance()))
          .setType(MethodType.UNARY)
          .setFullMethodName("test.Echo/Say")
          .build();

  /** Patient, for the sake of a machine that has other things to do. */
  static String say(Channel channel, String text) {
    return say(
        channel,
        text,
        CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  static String sayWithoutDeadline(Channel channel, String text) {
    return say(channel, text, CallOptions.DEFAULT);
  }

  private static String say(Channel channel, String text, CallOptions options) {
    return ClientCalls.blockingUnaryCall(channel, SAY, options, StringValue.of(text)).getValue();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder("test.Echo")
        .addMethod(
            SAY,
            ServerCalls.asyncUnaryCall(
                (request, caller) -> {
                  caller.onNext(StringValue.of(answer.apply(request.getValue())));
                  caller.onCompleted();
                }))
        .build();
  }
}
