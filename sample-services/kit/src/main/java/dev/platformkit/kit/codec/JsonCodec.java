package dev.platformkit.kit.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;

/**
 * Protocol Buffers' own JSON, with the contract's field names, for people who look at what is sent.
 * Fields that the reader does not know are ignored, and so are lost where it passes the message on;
 * 64-bit numbers are texts, as that format has it.
 */
public final class JsonCodec implements Codec {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  @Override
  public String name() {
    return "json";
  }

  @Override
  public InputStream write(Message message) {
    try {
      return new ByteArrayInputStream(PRINTER.print(message).getBytes(UTF_8));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          message.getDescriptorForType().getFullName() + " cannot be written as JSON", e);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // a builder makes messages of its own kind
  public <M extends Message> M read(InputStream written, M prototype) {
    Message.Builder message = prototype.newBuilderForType();
    try {
      PARSER.merge(
          new InputStreamReader(
              written,
              UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT)),
          message);
    } catch (IOException | RuntimeException e) {
      throw Unreadable.of(this, prototype.getDescriptorForType().getFullName(), e);
    }
    return (M) message.build();
  }
}
