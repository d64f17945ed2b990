package dev.platformkit.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.shop.product.v1.BatchGetProductsRequest;
import dev.platformkit.shop.product.v1.CreateProductRequest;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.Size;
import dev.platformkit.shop.user.v1.RegisterRequest;
import org.junit.jupiter.api.Test;

class NulsTest {
  @Test
  void mostTextsHaveNone() {
    assertThat(Nuls.in(RegisterRequest.getDefaultInstance())).isEmpty();
    assertThat(Nuls.in(RegisterRequest.newBuilder().setName("0\t\u2400").build())).isEmpty();
  }

  @Test
  void eachIsNamedByItsWholePathAndNotByWhatStandsAroundIt() {
    Product product =
        Product.newBuilder()
            .setName("secret\0")
            .addSizes(Size.newBuilder().setName("S"))
            .addSizes(Size.newBuilder().setName("\0"))
            .build();

    assertThat(Nuls.in(CreateProductRequest.newBuilder().setProduct(product).build()))
        .containsOnlyKeys("product.name", "product.sizes[1].name")
        .containsValue("holds a NUL, which no text may");
    assertThat(
            Nuls.in(
                BatchGetProductsRequest.newBuilder()
                    .addProductIds("a")
                    .addProductIds("b\0")
                    .build()))
        .containsOnlyKeys("product_ids[1]");
  }

  @Test
  void noMoreAreToldThanFitIntoTheTrailersOfACall() {
    BatchGetProductsRequest.Builder many = BatchGetProductsRequest.newBuilder();
    for (int i = 0; i < 100; i++) {
      many.addProductIds("\0");
    }

    assertThat(Nuls.in(many.build())).hasSize(10);
  }
}
