package dev.platformkit.it.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of carts that were checked out, as the image of order has it. */
class OrderServiceIT extends StoringServiceContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CONFIRMED = "orders_total{service=\"order\",result=\"confirmed\"}";

  private String somebodyElses;

  @Override
  String service() {
    return "order";
  }

  @Override
  Map<String, Access> methods() {
    return Map.of("GetOrder", Access.SIGNED_IN, "ListOrders", Access.SIGNED_IN);
  }

  @BeforeAll
  void somebodyHasOrdered(Shop shop) {
    Shopper somebody = shop.newShopper();
    somebodyElses = shop.checkOut(somebody, shop.newProduct(1), 1);
    closed(shop, somebody, somebodyElses);
  }

  @Override
  Stream<BadInput> badInput(Shop shop) {
    return table().calls("order");
  }

  Stream<BadRequest> badRequests() {
    return table().requests("order");
  }

  private Table table() {
    return Table.ofEverybody().with("another", somebodyElses);
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void isRefusedOverHttpAsWell(BadRequest bad, Shop shop) {
    bad.isRefused(shop);
  }

  @Test
  void confirmsAnOrderAndTakesItsStock(Shop shop) {
    Shopper shopper = shop.newShopper();
    String product = shop.newProduct(10);
    Instant before = Instant.now();

    String id = shop.checkOut(shopper, product, 4);

    JsonNode order = closed(shop, shopper, id);
    assertThat(order.path("state").asText()).isEqualTo("STATE_CONFIRMED");
    assertThat(order.path("total_cents").asText()).isEqualTo("1000");
    assertThat(order.at("/lines/0/product_id").asText()).isEqualTo(product);
    assertThat(order.at("/lines/0/quantity").asInt()).isEqualTo(4);
    assertThat(Instant.parse(order.path("checked_out_at").asText()))
        .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    assertThat(shop.call("order", shopper, "ListOrders", "{}").at("/orders/0")).isEqualTo(order);
    assertThat(row(shop, id)).isEqualTo("CONFIRMED 1000");
    assertThat(shop.stock(product)).isEqualTo(6);
    assertThat(shop.http("GET", "/v1/orders/" + id, shopper, "").json()).isEqualTo(order);
  }

  @Test
  void rejectsAnOrderForMoreThanThereIsAndTakesNothing(Shop shop) {
    Shopper shopper = shop.newShopper();
    String enough = shop.newProduct(10);
    String scarce = shop.newProduct(2);
    shop.call("cart", shopper, "AddItem", "{'product_id':'%s','quantity':1}", enough);

    String id = shop.checkOut(shopper, scarce, 3);

    JsonNode order = closed(shop, shopper, id);
    assertThat(order.path("state").asText()).isEqualTo("STATE_REJECTED");
    assertThat(order.path("reason").asText()).isEqualTo("there are no 3 of " + scarce);
    assertThat(row(shop, id)).isEqualTo("REJECTED 0");
    assertThat(shop.stock(enough)).isEqualTo(10);
    assertThat(shop.stock(scarce)).isEqualTo(2);
  }

  @Test
  void doesNothingMoreForACheckOutThatComesAgain(Shop shop) {
    Shopper shopper = shop.newShopper();
    String product = shop.newProduct(10);
    String id = "o-" + UUID.randomUUID();
    byte[] event =
        shop.service("order")
            .message(
                "shop.order.v1.CheckedOut",
                Json.of(
                    "{'order_id':'%s','user_id':'%s','checked_out_at':'%s','lines':[{'product_id':'%s','quantity':4}]}",
                    id, shopper.id(), Instant.now(), product))
            .toByteArray();
    double before = shop.metric("order", CONFIRMED);
    shop.events().publish(event);
    closed(shop, shopper, id);
    Rows.Snapshot once = shop.rows().all();

    shop.events().publish(event);
    shop.events().publish(event);
    everythingIsHandled(shop);

    assertThat(once.changesTo(shop.rows().all())).isEmpty();
    assertThat(shop.stock(product)).isEqualTo(6);
    assertThat(shop.metric("order", CONFIRMED)).isEqualTo(before + 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(shop.logged("order"))
                    .filteredOn(
                        line ->
                            line.path("message")
                                .asText()
                                .equals("order " + id + " is closed already"))
                    .hasSize(2));
  }

  @Test
  void goesOnAfterAMessageThatIsNoCheckOut(Shop shop) {
    Shopper shopper = shop.newShopper();
    shop.expectNothingWritten(
        () -> {
          shop.events().publish("no check-out".getBytes(UTF_8));
          everythingIsHandled(shop);
        });

    String id = shop.checkOut(shopper, shop.newProduct(1), 1);

    assertThat(closed(shop, shopper, id).path("state").asText()).isEqualTo("STATE_CONFIRMED");
    assertThat(shop.logged("order"))
        .filteredOn(line -> line.path("log.level").asText().equals("ERROR"))
        .extracting(line -> line.path("message").asText())
        .contains("a message on orders.checked-out is no check-out and is dropped");
  }

  /** NATS has nothing more for the order service, and heard that all it gave is done with. */
  private static void everythingIsHandled(Shop shop) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> shop.events().group(),
            group -> group.getNumPending() == 0 && group.getNumAckPending() == 0);
  }

  /** An order whose outcome is known, which takes a moment. */
  private static JsonNode closed(Shop shop, Shopper shopper, String id) {
    return await()
        .atMost(PATIENCE)
        .ignoreException(StatusRuntimeException.class)
        .until(
            () -> shop.call("order", shopper, "GetOrder", "{'order_id':'%s'}", id),
            order -> !order.isEmpty());
  }

  private static String row(Shop shop, String id) {
    return shop.rows()
        .texts("order", "SELECT state || ' ' || total_cents FROM shop_order WHERE id = ?", id)
        .get(0);
  }
}
