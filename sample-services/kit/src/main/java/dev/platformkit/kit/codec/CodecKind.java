package dev.platformkit.kit.codec;

/** The codecs there are, by the names that configuration has for them. */
public enum CodecKind {
  PROTOBUF,
  JSON;

  public Codec codec() {
    return switch (this) {
      case PROTOBUF -> new ProtobufCodec();
      case JSON -> new JsonCodec();
    };
  }
}
