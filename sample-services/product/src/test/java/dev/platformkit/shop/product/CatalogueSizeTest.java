package dev.platformkit.shop.product;

import static dev.platformkit.shop.product.CatalogueInMemory.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.Unavailable;
import io.prometheus.client.CollectorRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogueSizeTest {
  private final CatalogueInMemory catalogue = new CatalogueInMemory();
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final CatalogueSize size = new CatalogueSize("product", catalogue, metrics);

  @AfterEach
  void stop() {
    size.close();
  }

  @Test
  void howManyThereAreIsWhatWasCountedLast() {
    assertThat(shown()).isNaN();

    size.count();
    assertThat(shown()).isEqualTo(5);

    catalogue.create(product("p-6"));
    assertThat(shown()).isEqualTo(5);
    size.count();
    assertThat(shown()).isEqualTo(6);
  }

  @Test
  void aCountThatFailsLeavesNoOldNumberBehind() {
    size.count();
    catalogue.failsToCount(new Unavailable("the database does not answer", null));
    size.count();
    assertThat(shown()).isNaN();

    catalogue.failsToCount(new IllegalStateException("no table"));
    size.count();
    assertThat(shown()).isNaN();
  }

  private double shown() {
    return metrics.getSampleValue(
        "product_catalogue_products", new String[] {"service"}, new String[] {"product"});
  }
}
