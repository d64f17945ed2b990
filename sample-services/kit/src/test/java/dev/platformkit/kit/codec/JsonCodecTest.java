package dev.platformkit.kit.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.order.v1.Order;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonCodecTest extends CodecContract {
  @Override
  protected Codec codec() {
    return new JsonCodec();
  }

  @Test
  void peopleCanReadWhatIsWritten() throws IOException {
    Order order = Order.newBuilder().setId("o-1").setTotalCents(1299).build();

    assertThat(new String(codec().write(order).readAllBytes(), UTF_8))
        .isEqualTo("{\"id\":\"o-1\",\"total_cents\":\"1299\"}");
  }

  @Test
  void whatTheReaderDoesNotKnowIsIgnored() {
    assertThat(readOfNewer("{\"product_id\":\"p-1\",\"newer\":{\"a\":[1]}}".getBytes(UTF_8)))
        .isEqualTo(AddItemRequest.newBuilder().setProductId("p-1").build());
  }

  @Test
  void whatTheWriterItselfDoesNotKnowIsLost() {
    assertThat(codec().read(codec().write(withAnotherField()), withAnotherField()))
        .isEqualTo(AddItemRequest.newBuilder().setProductId("p-1").build());
  }
}
