package dev.platformkit.kit.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/** Refuses answers that no network would let through: gRPC in one process has no such limit. */
final class LargestAnswer implements ClientInterceptor {
  /** gRPC's own. */
  private static final int LARGEST = 4 << 20;

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ClientCall<Q, A> call = next.newCall(method, options);
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(new Limited<>(call, listener), headers);
      }
    };
  }

  private static final class Limited<A> extends SimpleForwardingClientCallListener<A> {
    private final ClientCall<?, A> call;
    private Status refused = Status.OK;

    Limited(ClientCall<?, A> call, ClientCall.Listener<A> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(A message) {
      if (refused.isOk() && message instanceof MessageLite m && m.getSerializedSize() > LARGEST) {
        refused =
            Status.RESOURCE_EXHAUSTED.withDescription(
                "gRPC message exceeds maximum size %d: %d"
                    .formatted(LARGEST, m.getSerializedSize()));
        call.cancel(refused.getDescription(), null);
      } else if (refused.isOk()) {
        super.onMessage(message);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      super.onClose(refused.isOk() ? status : refused, trailers);
    }
  }
}
