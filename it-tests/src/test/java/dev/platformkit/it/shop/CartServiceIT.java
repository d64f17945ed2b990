package dev.platformkit.it.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.api.MessageInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What shoppers have put aside, as the image of cart has it. */
class CartServiceIT extends StoringServiceContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Shopper full;

  @Override
  String service() {
    return "cart";
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
  void oneCartIsFull(Shop shop) {
    full = shop.newShopper();
    for (int i = 1; i <= 50; i++) {
      shop.call("cart", full, "AddItem", "{'product_id':'p-%s','quantity':99}", i);
    }
  }

  @Override
  Stream<BadInput> badInput(Shop shop) {
    return Table.ofEverybody().with("full", full).calls("cart");
  }

  @Test
  void keepsWhatEachPutsAsideAndNobodyElseSeesIt(Shop shop) {
    Shopper shopper = shop.newShopper();
    Shopper another = shop.newShopper();
    add(shop, shopper, "p-02", 2);
    add(shop, shopper, "p-01", 1);

    assertThat(add(shop, shopper, "p-02", 3).path("quantity").asInt()).isEqualTo(5);
    assertThat(cart(shop, shopper)).containsExactly("p-02 5", "p-01 1");
    assertThat(lines(shop, shopper)).containsExactly("p-02 5", "p-01 1");
    assertThat(cart(shop, another)).isEmpty();

    shop.call("cart", shopper, "ChangeItem", "{'product_id':'p-02','quantity':7}");
    shop.call("cart", shopper, "RemoveItem", "{'product_id':'p-01'}");
    assertThat(lines(shop, shopper)).containsExactly("p-02 7");

    shop.call("cart", another, "ClearCart", "{}");
    assertThat(lines(shop, shopper)).containsExactly("p-02 7");
    shop.call("cart", shopper, "ClearCart", "{}");
    assertThat(lines(shop, shopper)).isEmpty();
    assertThat(cart(shop, shopper)).isEmpty();
  }

  @Test
  void turnsACartIntoAMessageThatNatsKeeps(Shop shop) {
    Shopper shopper = shop.newShopper();
    String product = shop.newProduct(10);
    double before = shop.metric("cart", "cart_checkouts_total{service=\"cart\"}");

    String order = shop.checkOut(shopper, product, 3);

    MessageInfo message =
        await()
            .atMost(PATIENCE)
            .until(() -> shop.events().last(), last -> order.equals(idOf(last)));
    JsonNode event = shop.service("order").read("shop.order.v1.CheckedOut", message.getData());
    assertThat(event.path("order_id").asText()).isEqualTo(order);
    assertThat(event.path("user_id").asText()).isEqualTo(shopper.id());
    assertThat(event.at("/lines/0/product_id").asText()).isEqualTo(product);
    assertThat(event.at("/lines/0/quantity").asInt()).isEqualTo(3);
    assertThat(message.getHeaders().getFirst("traceparent"))
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0\\d");
    assertThat(lines(shop, shopper)).isEmpty();
    assertThat(shop.metric("cart", "cart_checkouts_total{service=\"cart\"}")).isEqualTo(before + 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(shop.rows().texts("cart", "SELECT id FROM outbox")).isEmpty());
  }

  @Test
  void keepsTheMessageWhileNobodyCarriesIt(Shop shop) {
    Shopper shopper = shop.newShopper();
    String product = shop.newProduct(10);
    String order;
    shop.platform().pause("nats");
    try {
      order = shop.checkOut(shopper, product, 3);
      assertThat(shop.rows().texts("cart", "SELECT id FROM outbox")).containsExactly(order);
      assertThat(lines(shop, shopper)).isEmpty();
    } finally {
      shop.platform().goOn("nats");
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(shop.rows().texts("cart", "SELECT id FROM outbox")).isEmpty());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(shop.stock(product)).isEqualTo(7));
  }

  private static JsonNode add(Shop shop, Shopper shopper, String product, int quantity) {
    return shop.call(
        "cart", shopper, "AddItem", "{'product_id':'%s','quantity':%s}", product, quantity);
  }

  private static List<String> cart(Shop shop, Shopper shopper) {
    return StreamSupport.stream(
            shop.call("cart", shopper, "GetCart", "{}").path("items").spliterator(), false)
        .map(item -> item.path("product_id").asText() + " " + item.path("quantity").asText())
        .toList();
  }

  private static List<String> lines(Shop shop, Shopper shopper) {
    return shop.rows()
        .texts(
            "cart",
            "SELECT product_id || ' ' || quantity FROM cart_line WHERE user_id = ? ORDER BY added",
            shopper.id());
  }

  private static String idOf(MessageInfo message) {
    return message.getHeaders() == null ? "" : message.getHeaders().getFirst("Nats-Msg-Id");
  }
}
