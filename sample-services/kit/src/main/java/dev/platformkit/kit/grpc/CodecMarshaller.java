package dev.platformkit.kit.grpc;

import com.google.protobuf.Message;
import dev.platformkit.kit.codec.Codec;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.InputStream;
import java.util.Optional;

/** gRPC's side of a {@link Codec}. */
record CodecMarshaller<T>(Codec codec, Message prototype) implements Marshaller<T> {
  /** Writes the messages that this one does; empty where they are not protobuf's. */
  static <T> Optional<Marshaller<T>> instead(Marshaller<T> usual, Codec codec) {
    return usual instanceof PrototypeMarshaller<T> known
            && known.getMessagePrototype() instanceof Message prototype
        ? Optional.of(new CodecMarshaller<>(codec, prototype))
        : Optional.empty();
  }

  @Override
  public InputStream stream(T message) {
    return codec.write((Message) message);
  }

  @Override
  @SuppressWarnings("unchecked") // the prototype is a T
  public T parse(InputStream written) {
    return (T) codec.read(written, prototype);
  }
}
