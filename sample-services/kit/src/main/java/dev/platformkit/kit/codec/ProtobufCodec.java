package dev.platformkit.kit.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Protocol Buffers' binary format. Fields that the reader does not know are kept. */
public final class ProtobufCodec implements Codec {
  @Override
  public String name() {
    return "protobuf";
  }

  @Override
  public InputStream write(Message message) {
    return new ByteArrayInputStream(message.toByteArray());
  }

  @Override
  @SuppressWarnings("unchecked") // a parser makes messages of its own kind
  public <M extends Message> M read(InputStream written, M prototype) {
    try {
      return (M) prototype.getParserForType().parseFrom(written);
    } catch (InvalidProtocolBufferException e) {
      throw Unreadable.of(this, prototype.getDescriptorForType().getFullName(), e);
    }
  }
}
