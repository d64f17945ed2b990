package dev.platformkit.kit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProtobufCodecTest extends CodecContract {
  @Override
  protected Codec codec() {
    return new ProtobufCodec();
  }

  @Test
  void whatTheReaderDoesNotKnowIsKept() throws IOException {
    assertThat(readOfNewer(codec().write(withAnotherField()).readAllBytes()))
        .isEqualTo(withAnotherField());
  }
}
