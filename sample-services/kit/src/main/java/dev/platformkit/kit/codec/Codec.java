package dev.platformkit.kit.codec;

import com.google.protobuf.Message;
import java.io.InputStream;

/** How a message is written where it leaves the process. */
public interface Codec {
  /** What it is called on the wire. */
  String name();

  /** The message as it is written. */
  InputStream write(Message message);

  /**
   * The message that was written.
   *
   * @param prototype one of its kind
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT when this is none of that kind
   */
  <M extends Message> M read(InputStream written, M prototype);
}
