package dev.platformkit.kit.grpc;

import dev.platformkit.kit.codec.Codec;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has messages written by another codec than gRPC's own, and tells the server so by the header
 * {@code shop-codec}. The content type would be the place for it ({@code application/grpc+json}),
 * but gRPC for Java sets that by itself and lets nobody else.
 */
final class WrittenCalls implements ClientInterceptor {
  static final Metadata.Key<String> CODEC =
      Metadata.Key.of("shop-codec", Metadata.ASCII_STRING_MARSHALLER);

  private final Codec codec;
  private final Map<MethodDescriptor<?, ?>, Optional<MethodDescriptor<?, ?>>> written =
      new ConcurrentHashMap<>();

  WrittenCalls(Codec codec) {
    this.codec = codec;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Optional<MethodDescriptor<?, ?>> other = written.computeIfAbsent(method, this::written);
    if (other.isEmpty()) {
      return next.newCall(method, options);
    }
    @SuppressWarnings("unchecked") // made of this very method
    MethodDescriptor<Q, A> same = (MethodDescriptor<Q, A>) other.orElseThrow();
    return new SimpleForwardingClientCall<>(next.newCall(same, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        headers.put(CODEC, codec.name());
        super.start(listener, headers);
      }
    };
  }

  private <Q, A> Optional<MethodDescriptor<?, ?>> written(MethodDescriptor<Q, A> method) {
    return CodecMarshaller.instead(method.getRequestMarshaller(), codec)
        .flatMap(
            requests ->
                CodecMarshaller.instead(method.getResponseMarshaller(), codec)
                    .map(answers -> method.toBuilder(requests, answers).build()));
  }
}
