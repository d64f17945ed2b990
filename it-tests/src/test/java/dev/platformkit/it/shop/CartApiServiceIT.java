package dev.platformkit.it.shop;

import static dev.platformkit.it.shop.Who.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Carts as a shopper sees them, as the image of cart-api has it. */
class CartApiServiceIT extends ServiceContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Shopper shopper;

  @Override
  String service() {
    return "cart-api";
  }

  @Override
  Map<String, Access> methods() {
    return Map.of(
        "AddItem", Access.SIGNED_IN,
        "ChangeItem", Access.SIGNED_IN,
        "RemoveItem", Access.SIGNED_IN,
        "ClearCart", Access.SIGNED_IN,
        "GetCart", Access.SIGNED_IN,
        "CheckOut", Access.SIGNED_IN);
  }

  @BeforeAll
  void somethingIsInACart(Shop shop) {
    shopper = shop.newShopper();
    add(shop, shopper, "p-01", 99);
  }

  @Override
  Stream<BadInput> badInput(Shop shop) {
    return table().calls("cart-api");
  }

  Stream<BadRequest> badRequests() {
    return table().requests("cart-api");
  }

  private Table table() {
    return Table.ofEverybody().with("shopper", shopper);
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void isRefusedOverHttpAsWell(BadRequest bad, Shop shop) {
    bad.isRefused(shop);
  }

  @Test
  void showsWhatIsInACartWithWhatItComesTo(Shop shop) {
    Shopper somebody = shop.newShopper();
    shop.call("user", somebody, "UpdateProfile", "{'display_name':'Zoë'}");

    JsonNode line = add(shop, somebody, "p-01", 2);
    add(shop, somebody, "p-04", 1);

    assertThat(line.at("/product/name").asText()).isEqualTo("Enamel mug");
    JsonNode cart = shop.call("cart-api", somebody, "GetCart", "{}");
    assertThat(cart.path("display_name").asText()).isEqualTo("Zoë");
    assertThat(cart.path("items")).hasSize(2);
    assertThat(cart.at("/items/1/product/name").asText()).isEqualTo("Cast iron pan");
    assertThat(cart.path("total_cents").asText()).isEqualTo(Integer.toString(2 * 1290 + 6450));
    assertThat(cart.path("degraded")).isEmpty();

    shop.call("cart-api", somebody, "ChangeItem", "{'product_id':'p-01','quantity':1}");
    shop.call("cart-api", somebody, "RemoveItem", "{'product_id':'p-04'}");
    assertThat(lines(shop, somebody)).isEqualTo("p-01 1");
    shop.call("cart-api", somebody, "ClearCart", "{}");
    assertThat(lines(shop, somebody)).isEmpty();
  }

  @Test
  void turnsACartIntoAnOrder(Shop shop) {
    Shopper somebody = shop.newShopper();
    String product = shop.newProduct(5);
    assertThat(
            shop.http(
                    "POST", "/v1/cart/items", somebody, "{'product_id':'%s','quantity':2}", product)
                .status())
        .isEqualTo(201);

    Reply out = shop.http("POST", "/v1/cart/check-out", somebody, "");

    assertThat(out.status()).as(out.toString()).isEqualTo(202);
    assertThat(lines(shop, somebody)).isEmpty();
    Reply order =
        await()
            .atMost(PATIENCE)
            .until(
                () -> shop.http("GET", "/v1/orders/" + out.text("order_id"), somebody, ""),
                reply -> reply.status() == 200);
    assertThat(order.text("state")).isEqualTo("STATE_CONFIRMED");
    assertThat(shop.stock(product)).isEqualTo(3);
  }

  @Test
  void showsWhatItLastKnewWhileProductDoesNotAnswer(Shop shop) {
    Shopper somebody = shop.newShopper();
    add(shop, somebody, "p-01", 2);
    JsonNode before = shop.call("cart-api", somebody, "GetCart", "{}");

    JsonNode meanwhile;
    shop.platform().pause("product");
    try {
      meanwhile = shop.call("cart-api", somebody, "GetCart", "{}");
    } finally {
      shop.platform().goOn("product");
    }

    assertThat(meanwhile.at("/degraded/0/service").asText()).isEqualTo("product");
    assertThat(meanwhile.at("/items/0/stale").asBoolean()).isTrue();
    assertThat(meanwhile.at("/items/0/product")).isEqualTo(before.at("/items/0/product"));
    assertThat(meanwhile.path("total_cents")).isEqualTo(before.path("total_cents"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(shop.call("cart-api", somebody, "GetCart", "{}")).isEqualTo(before));
  }

  @Test
  void doesWithoutANameWhileUserDoesNotAnswer(Shop shop) {
    JsonNode before = shop.call("cart-api", CUSTOMER, "GetCart", "{}");

    JsonNode meanwhile;
    shop.platform().pause("user");
    try {
      meanwhile = shop.call("cart-api", CUSTOMER, "GetCart", "{}");
    } finally {
      shop.platform().goOn("user");
    }

    assertThat(before.path("display_name").asText()).isNotEmpty();
    assertThat(meanwhile.path("display_name").asText()).isEmpty();
    assertThat(meanwhile.at("/degraded/0/service").asText()).isEqualTo("user");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(shop.call("cart-api", CUSTOMER, "GetCart", "{}")).isEqualTo(before));
  }

  private static JsonNode add(Shop shop, Shopper shopper, String product, int quantity) {
    return shop.call(
        "cart-api", shopper, "AddItem", "{'product_id':'%s','quantity':%s}", product, quantity);
  }

  private static String lines(Shop shop, Shopper shopper) {
    return String.join(
        ", ",
        shop.rows()
            .texts(
                "cart",
                "SELECT product_id || ' ' || quantity FROM cart_line WHERE user_id = ? ORDER BY added",
                shopper.id()));
  }
}
