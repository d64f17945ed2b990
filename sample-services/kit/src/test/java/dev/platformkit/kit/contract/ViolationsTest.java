package dev.platformkit.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.product.v1.CreateProductRequest;
import dev.platformkit.shop.product.v1.Image;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.Size;
import dev.platformkit.shop.user.v1.GetProfileRequest;
import dev.platformkit.shop.user.v1.RegisterRequest;
import io.envoyproxy.pgv.ReflectiveValidatorIndex;
import io.envoyproxy.pgv.ValidatorIndex;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViolationsTest {
  private final ValidatorIndex validators = new ReflectiveValidatorIndex();

  @Test
  void whatKeepsToTheContractHasNone() {
    assertThat(of(GetProfileRequest.getDefaultInstance())).isEmpty();
    assertThat(of(registration("ada", "long enough"))).isEmpty();
    assertThat(of(created(product()))).isEmpty();
  }

  @Test
  void lengthsAreToldInWordsAndNeverWhatWasFound() {
    assertThat(of(registration("ada", "hunt2")))
        .containsExactly(Map.entry("password", "must have at least 8 characters"));
    assertThat(of(registration("ada", "x".repeat(257))))
        .containsExactly(Map.entry("password", "must have at most 256 characters"));
  }

  @Test
  void aPatternIsToldAndNotWhatDoesNotMatchIt() {
    assertThat(of(registration("a b", "long enough")).get("name"))
        .startsWith("must match pattern")
        .doesNotContain("a b");
  }

  @Test
  void numbersAreToldByTheirRange() {
    assertThat(of(AddItemRequest.newBuilder().setProductId("p-1").setQuantity(100).build()))
        .hasEntrySatisfying("quantity", what -> assertThat(what).contains("1", "99"));
    assertThat(of(ListProductsRequest.newBuilder().setPageSize(-1).build()))
        .containsOnlyKeys("page_size");
  }

  @Test
  void whatIsRequiredAndMissingIsNamed() {
    assertThat(of(CreateProductRequest.getDefaultInstance()))
        .containsExactly(Map.entry("product", "is required"));
  }

  @Test
  void aFieldInsideIsNamedByItsWholePath() {
    assertThat(of(created(product().setId("no id")))).containsOnlyKeys("product.id");
  }

  @Test
  void messagesInsideAreToldEachWithItsPlace() {
    Product.Builder wrong =
        product()
            .addSizes(Size.newBuilder().setName("S"))
            .addSizes(Size.newBuilder().setName(""))
            .addImages(Image.newBuilder().setUrl("ftp://x").setDescription("x"));

    assertThat(of(created(wrong)))
        .containsOnlyKeys("product.sizes[1].name", "product.images[0].url");
    assertThat(of(created(wrong.setId("no id"))))
        .containsOnlyKeys("product.id", "product.sizes[1].name", "product.images[0].url");
  }

  @Test
  void soManyAreToldAsFitIntoTheTrailersOfACall() {
    Product.Builder wrong = product();
    for (int i = 0; i < 1000; i++) {
      wrong.addSizes(Size.getDefaultInstance());
    }

    assertThat(of(created(wrong))).hasSize(10).containsKey("product.sizes");
  }

  private Map<String, String> of(Message message) {
    return Violations.of(message, validators);
  }

  private static RegisterRequest registration(String name, String password) {
    return RegisterRequest.newBuilder().setName(name).setPassword(password).build();
  }

  private static Product.Builder product() {
    return Product.newBuilder().setId("p-1").setName("Mug").setCurrency("EUR");
  }

  private static CreateProductRequest created(Product.Builder product) {
    return CreateProductRequest.newBuilder().setProduct(product).build();
  }
}
