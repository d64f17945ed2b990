package dev.platformkit.shop.cartapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.shop.product.v1.Product;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KnownProductsTest {
  private long now = 42;
  private final KnownProducts known = new KnownProducts(() -> now);

  @Test
  void aProductIsAsItWasSeenLastAndSoOld() {
    known.seen(mug(1290));
    now += 5;
    known.seen(mug(1390));
    now += 7;

    assertThat(known.last("p-1")).hasValue(new KnownProducts.Known(mug(1390), Duration.ofNanos(7)));
    assertThat(known.last("p-2")).isEmpty();
  }

  @Test
  void whatIsGoneIsNotKnown() {
    known.seen(mug(1290));

    known.gone("p-1");

    assertThat(known.last("p-1")).isEmpty();
  }

  @Test
  void onlyWhatWasAskedForMostLatelyIsKept() {
    for (int i = 0; i < KnownProducts.MOST; i++) {
      known.seen(Product.newBuilder().setId("p-" + i).build());
    }
    assertThat(known.last("p-0")).isPresent();

    known.seen(Product.newBuilder().setId("one-more").build());

    assertThat(known.last("p-0")).isPresent();
    assertThat(known.last("p-1")).isEmpty();
  }

  private static Product mug(long cents) {
    return Product.newBuilder().setId("p-1").setPriceCents(cents).build();
  }
}
