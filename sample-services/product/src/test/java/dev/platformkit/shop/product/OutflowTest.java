package dev.platformkit.shop.product;

import static dev.platformkit.shop.product.CatalogueInMemory.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.shop.product.v1.Product;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutflowTest {
  private final CatalogueInMemory catalogue = new CatalogueInMemory();
  private final SlowReader reader = new SlowReader();

  OutflowTest() {
    IntStream.range(100, 345).forEach(i -> catalogue.create(product("q-" + i)));
  }

  @Test
  void nothingIsReadForWhoHasNoRoom() {
    new Outflow(catalogue, reader).begin();

    assertThat(catalogue.pagesRead).isZero();
    assertThat(reader.read).isEmpty();
  }

  @Test
  void noMoreIsReadThanThereIsRoomFor() {
    new Outflow(catalogue, reader).begin();

    reader.takes(3);
    assertThat(reader.read).hasSize(3);
    assertThat(catalogue.pagesRead).isEqualTo(1);

    reader.takes(97);
    assertThat(catalogue.pagesRead).isEqualTo(1);
    reader.takes(1);
    assertThat(catalogue.pagesRead).isEqualTo(2);
  }

  @Test
  void allOfItGoesOutOnceAndTheEndIsTold() {
    new Outflow(catalogue, reader).begin();
    reader.takes(249);
    assertThat(reader.completed).isFalse();

    reader.takes(2);

    assertThat(reader.read)
        .extracting(Product::getId)
        .containsExactlyElementsOf(catalogue.all.keySet());
    assertThat(reader.completed).isTrue();
  }

  @Test
  void whatIsDeletedMeanwhileIsLeftOutAndTheRestStillComes() {
    new Outflow(catalogue, reader).begin();
    reader.takes(100);
    // The last that has gone out, after which the next page begins, and the first that has not.
    catalogue.delete("q-194");
    catalogue.delete("q-195");

    reader.takes(200);

    assertThat(reader.read).hasSize(249).doesNotHaveDuplicates();
  }
}
