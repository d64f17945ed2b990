package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.engine.EngineImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupersededTest {
  private final List<EngineImage> images = new ArrayList<>();

  @Test
  void onlyTheLastFewOfEachComponentStay() {
    for (int day = 1; day <= Superseded.KEPT + 2; day++) {
      image(day, "platform.local/cart:0.1.0-00000000000" + day);
    }
    image(1, "platform.local/cart-api:0.1.0-aaaaaaaaaaaa");

    assertThat(Superseded.of(images))
        .containsExactlyInAnyOrder(
            "platform.local/cart:0.1.0-000000000001", "platform.local/cart:0.1.0-000000000002");
  }

  @Test
  void theNameWithoutAHashIsNeverTaken() {
    for (int day = 2; day <= Superseded.KEPT + 1; day++) {
      image(day, "platform.local/cart:0.1.0-00000000000" + day);
    }
    image(1, "platform.local/cart:0.1.0", "platform.local/cart:0.1.0-000000000001");

    assertThat(Superseded.of(images)).containsExactly("platform.local/cart:0.1.0-000000000001");
  }

  @Test
  void imagesOfOthersAreNotLookedAt() {
    for (int day = 1; day <= 9; day++) {
      image(day, "shop/cart:0.1.0-00000000000" + day);
    }

    assertThat(Superseded.of(images)).isEmpty();
  }

  private void image(int day, String... tags) {
    images.add(
        new EngineImage(
            "sha256:" + day, List.of(tags), 1, Instant.EPOCH.plusSeconds(day * 86400L)));
  }
}
