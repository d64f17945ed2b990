package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.PATIENCE;

import com.google.protobuf.StringValue;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A service with a method of each kind, all about texts. */
record Talk(UnaryOperator<String> answer) implements BindableService {
  /** One text in, its answer out. */
  static final MethodDescriptor<StringValue, StringValue> SAY = method("Say", MethodType.UNARY);

  /** Texts in, the answer to all of them out. */
  static final MethodDescriptor<StringValue, StringValue> JOIN =
      method("Join", MethodType.CLIENT_STREAMING);

  /** One text in, the answers to its words out. */
  static final MethodDescriptor<StringValue, StringValue> SPLIT =
      method("Split", MethodType.SERVER_STREAMING);

  /** Texts in, the answer to each at once. */
  static final MethodDescriptor<StringValue, StringValue> CHAT =
      method("Chat", MethodType.BIDI_STREAMING);

  /** Patient, for the sake of a machine that has other things to do. */
  static CallOptions patiently() {
    return CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder("test.Talk")
        .addMethod(SAY, ServerCalls.asyncUnaryCall(this::split))
        .addMethod(JOIN, ServerCalls.asyncClientStreamingCall(this::join))
        .addMethod(
            SPLIT,
            ServerCalls.asyncServerStreamingCall(
                (text, caller) -> split(List.of(text.getValue().split(" ")), caller)))
        .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(this::chat))
        .build();
  }

  private void split(StringValue text, StreamObserver<StringValue> caller) {
    split(List.of(text.getValue()), caller);
  }

  private void split(List<String> texts, StreamObserver<StringValue> caller) {
    texts.forEach(text -> caller.onNext(StringValue.of(answer.apply(text))));
    caller.onCompleted();
  }

  private StreamObserver<StringValue> join(StreamObserver<StringValue> caller) {
    List<String> heard = new ArrayList<>();
    return new Heard() {
      @Override
      public void onNext(StringValue text) {
        heard.add(text.getValue());
      }

      @Override
      public void onCompleted() {
        split(List.of(String.join(" ", heard)), caller);
      }
    };
  }

  private StreamObserver<StringValue> chat(StreamObserver<StringValue> caller) {
    return new Heard() {
      @Override
      public void onNext(StringValue text) {
        caller.onNext(StringValue.of(answer.apply(text.getValue())));
      }

      @Override
      public void onCompleted() {
        caller.onCompleted();
      }
    };
  }

  private static MethodDescriptor<StringValue, StringValue> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(
            ProtoUtils.marshaller(StringValue.getDefaultInstance()),
            ProtoUtils.marshaller(StringValue.getDefaultInstance()))
        .setType(type)
        .setFullMethodName("test.Talk/" + name)
        .build();
  }

  /** What a caller who goes away says is nothing to answer. */
  private abstract static class Heard implements StreamObserver<StringValue> {
    @Override
    public void onError(Throwable gone) {}
  }
}
