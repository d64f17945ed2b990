package dev.platformkit.kit.grpc;

import dev.platformkit.kit.codec.CodecKind;
import dev.platformkit.kit.codec.Unreadable;
import dev.platformkit.kit.contract.Refusal;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A method that reads and answers each call in the codec that its header {@code shop-codec} names,
 * whatever this service itself writes: in a fleet one service can change after the other. Where
 * there is none it is protobuf's own, read once, by gRPC's own marshaller.
 */
final class ReadCalls<Q, A> implements ServerCallHandler<InputStream, InputStream> {
  private static final Marshaller<InputStream> AS_IT_IS =
      new Marshaller<>() {
        @Override
        public InputStream stream(InputStream message) {
          return message;
        }

        @Override
        public InputStream parse(InputStream message) {
          return message;
        }
      };

  private final ServerMethodDefinition<Q, A> method;
  private final int largest;
  private final List<Written<Q, A>> known;

  private record Written<Q, A>(String name, Marshaller<Q> requests, Marshaller<A> answers) {}

  private ReadCalls(ServerMethodDefinition<Q, A> method, int largest) {
    this.method = method;
    this.largest = largest;
    MethodDescriptor<Q, A> own = method.getMethodDescriptor();
    known = new ArrayList<>();
    known.add(
        new Written<>(
            CodecKind.PROTOBUF.codec().name(),
            own.getRequestMarshaller(),
            own.getResponseMarshaller()));
    CodecMarshaller.instead(own.getRequestMarshaller(), CodecKind.JSON.codec())
        .ifPresent(
            requests ->
                CodecMarshaller.instead(own.getResponseMarshaller(), CodecKind.JSON.codec())
                    .ifPresent(
                        answers ->
                            known.add(
                                new Written<>(CodecKind.JSON.codec().name(), requests, answers))));
  }

  /**
   * The same service, by whatever codec it is called. What it throws for messages that cannot be
   * read is for an interceptor outside of it to tell the caller.
   *
   * @param largest the bytes that a message may have; for transports that have no such limit
   */
  static ServerServiceDefinition of(ServerServiceDefinition service, int largest) {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      ServerMethodDefinition<?, ?> read = of(method, largest);
      methods.add(read);
      descriptor.addMethod(read.getMethodDescriptor());
    }
    ServerServiceDefinition.Builder all = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(all::addMethod);
    return all.build();
  }

  private static <Q, A> ServerMethodDefinition<InputStream, InputStream> of(
      ServerMethodDefinition<Q, A> method, int largest) {
    return ServerMethodDefinition.create(
        method.getMethodDescriptor().toBuilder(AS_IT_IS, AS_IT_IS).build(),
        new ReadCalls<>(method, largest));
  }

  @Override
  public ServerCall.Listener<InputStream> startCall(
      ServerCall<InputStream, InputStream> wire, Metadata headers) {
    Written<Q, A> written = written(headers.get(WrittenCalls.CODEC));
    ServerCall.Listener<Q> service =
        method
            .getServerCallHandler()
            .startCall(
                new AnsweredCall<>(wire, method.getMethodDescriptor(), written.answers), headers);
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(InputStream message) {
        service.onMessage(read(message, written));
      }

      @Override
      public void onHalfClose() {
        service.onHalfClose();
      }

      @Override
      public void onCancel() {
        service.onCancel();
      }

      @Override
      public void onComplete() {
        service.onComplete();
      }

      @Override
      public void onReady() {
        service.onReady();
      }
    };
  }

  private Written<Q, A> written(String asked) {
    if (asked == null) {
      return known.get(0);
    }
    return known.stream()
        .filter(each -> each.name.equals(asked.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.because(
                        Code.UNIMPLEMENTED,
                        "UNKNOWN_CODEC",
                        "messages are read as %s here; not as the header %s says"
                            .formatted(
                                known.stream().map(Written::name).toList(),
                                WrittenCalls.CODEC.name()))
                    .asException());
  }

  private Q read(InputStream message, Written<Q, A> written) {
    int size = available(message);
    if (size > largest) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("gRPC message exceeds maximum size %d: %d".formatted(largest, size))
          .asRuntimeException();
    }
    try {
      return written.requests.parse(message);
    } catch (StatusRuntimeException e) {
      // gRPC's own marshaller calls it a fault of ours.
      throw e.getStatus().getCode() == Code.INTERNAL
          ? Unreadable.of(
              CodecKind.PROTOBUF.codec(),
              "request of " + method.getMethodDescriptor().getFullMethodName(),
              e)
          : e;
    }
  }

  private static int available(InputStream message) {
    try {
      return message.available();
    } catch (IOException e) {
      throw new UncheckedIOException("a message that has arrived cannot be read", e);
    }
  }
}
