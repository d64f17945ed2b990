package dev.platformkit.shop.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.auth.Caller;
import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.cart.v1.ChangeItemRequest;
import dev.platformkit.shop.cart.v1.CheckOutRequest;
import dev.platformkit.shop.cart.v1.CheckOutResponse;
import dev.platformkit.shop.cart.v1.ClearCartRequest;
import dev.platformkit.shop.cart.v1.ClearCartResponse;
import dev.platformkit.shop.cart.v1.GetCartRequest;
import dev.platformkit.shop.cart.v1.GetCartResponse;
import dev.platformkit.shop.cart.v1.Item;
import dev.platformkit.shop.cart.v1.RemoveItemRequest;
import dev.platformkit.shop.cart.v1.RemoveItemResponse;
import dev.platformkit.shop.order.v1.CheckedOut;
import dev.platformkit.shop.order.v1.OrderLine;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CartsTest {
  private final InMemory lines = new InMemory();
  private final AtomicInteger written = new AtomicInteger();
  private final Carts carts = new Carts(lines, written::incrementAndGet, new CollectorRegistry());

  @Test
  void whoeverNeverAddedAnythingHasAnEmptyCart() {
    assertThat(cartOf("ann")).isEmpty();
  }

  @Test
  void addingAgainAddsUp() {
    add("ann", "p-1", 2);

    assertThat(add("ann", "p-1", 3).getQuantity()).isEqualTo(5);
    assertThat(cartOf("ann")).containsExactly(item("p-1", 5));
  }

  @Test
  void cartsAreApart() {
    add("ann", "p-1", 1);
    add("bob", "p-2", 1);

    assertThat(cartOf("ann")).containsExactly(item("p-1", 1));
  }

  @Test
  void aLineThatWouldGrowTooLongIsRefused() {
    add("ann", "p-1", 99);

    assertThatThrownBy(() -> add("ann", "p-1", 1)).hasMessageContaining("FAILED_PRECONDITION");
    assertThat(cartOf("ann")).containsExactly(item("p-1", 99));
  }

  @Test
  void aQuantityIsSetWhereThereIsSome() {
    add("ann", "p-1", 2);

    Item changed = change("ann", "p-1", 7);

    assertThat(changed).isEqualTo(item("p-1", 7));
    assertThatThrownBy(() -> change("ann", "p-2", 1))
        .hasMessage("NOT_FOUND: there is no p-2 in the cart");
  }

  @Test
  void aLineIsRemovedOnce() {
    add("ann", "p-1", 2);
    RemoveItemRequest request = RemoveItemRequest.newBuilder().setProductId("p-1").build();
    RemoveItemResponse removed = as("ann", to -> carts.removeItem(request, to));

    assertThat(removed).isNotNull();
    assertThat(cartOf("ann")).isEmpty();
    assertThatThrownBy(
            () -> CartsTest.<RemoveItemResponse>as("ann", to -> carts.removeItem(request, to)))
        .hasMessageStartingWith("NOT_FOUND");
  }

  @Test
  void aCartIsClearedHoweverEmptyItIs() {
    add("ann", "p-1", 2);
    for (int i = 0; i < 2; i++) {
      ClearCartResponse cleared =
          as("ann", to -> carts.clearCart(ClearCartRequest.getDefaultInstance(), to));
      assertThat(cleared).isNotNull();
    }
    assertThat(cartOf("ann")).isEmpty();
  }

  @Test
  void aCheckOutEmptiesTheCartIntoAnEvent() {
    add("ann", "p-1", 2);
    add("ann", "p-2", 1);

    String order = checkOut("ann");

    assertThat(cartOf("ann")).isEmpty();
    assertThat(lines.events).hasSize(1);
    assertThat(lines.events.get(0).getOrderId()).isEqualTo(order);
    assertThat(lines.events.get(0).getUserId()).isEqualTo("ann");
    assertThat(lines.events.get(0).getLinesList())
        .extracting(OrderLine::getProductId)
        .containsExactly("p-1", "p-2");
    assertThat(written).hasValue(1);
  }

  @Test
  void anEmptyCartIsNotCheckedOut() {
    assertThatThrownBy(() -> checkOut("ann"))
        .hasMessage("FAILED_PRECONDITION: there is nothing in the cart");
    assertThat(written).hasValue(0);
  }

  private Item add(String user, String product, int quantity) {
    return as(
        user,
        to ->
            carts.addItem(
                AddItemRequest.newBuilder().setProductId(product).setQuantity(quantity).build(),
                to));
  }

  private Item change(String user, String product, int quantity) {
    return as(
        user,
        to ->
            carts.changeItem(
                ChangeItemRequest.newBuilder().setProductId(product).setQuantity(quantity).build(),
                to));
  }

  private String checkOut(String user) {
    CheckOutResponse response =
        as(user, to -> carts.checkOut(CheckOutRequest.getDefaultInstance(), to));
    return response.getOrderId();
  }

  private List<Item> cartOf(String user) {
    GetCartResponse cart = as(user, to -> carts.getCart(GetCartRequest.getDefaultInstance(), to));
    return cart.getItemsList();
  }

  private static Item item(String product, int quantity) {
    return Item.newBuilder().setProductId(product).setQuantity(quantity).build();
  }

  /** Asks as this user. */
  private static <T> T as(String user, Consumer<StreamObserver<T>> call) {
    Caller caller = new Caller("cart-api", Optional.of(new Caller.User(user, user, false)));
    AtomicReference<T> answered = new AtomicReference<>();
    Context.current()
        .withValue(Caller.CURRENT, caller)
        .run(
            () ->
                call.accept(
                    new StreamObserver<>() {
                      @Override
                      public void onNext(T value) {
                        answered.set(value);
                      }

                      @Override
                      public void onError(Throwable failure) {
                        throw new AssertionError(failure);
                      }

                      @Override
                      public void onCompleted() {}
                    }));
    return answered.get();
  }

  private static final class InMemory implements Lines {
    private final Map<String, Map<String, Integer>> carts = new HashMap<>();
    private final List<CheckedOut> events = new ArrayList<>();

    @Override
    public Optional<Item> add(String userId, Item item) {
      int quantity = cart(userId).getOrDefault(item.getProductId(), 0) + item.getQuantity();
      return quantity > LARGEST_QUANTITY
          ? Optional.empty()
          : put(userId, item(item.getProductId(), quantity));
    }

    @Override
    public Optional<Item> change(String userId, Item item) {
      return cart(userId).containsKey(item.getProductId()) ? put(userId, item) : Optional.empty();
    }

    @Override
    public boolean remove(String userId, String productId) {
      return cart(userId).remove(productId) != null;
    }

    @Override
    public void clear(String userId) {
      carts.remove(userId);
    }

    @Override
    public List<Item> of(String userId) {
      return cart(userId).entrySet().stream()
          .map(line -> item(line.getKey(), line.getValue()))
          .toList();
    }

    @Override
    public Optional<CheckedOut> checkOut(String userId, String orderId, String traceparent) {
      if (cart(userId).isEmpty()) {
        return Optional.empty();
      }
      CheckedOut.Builder event = CheckedOut.newBuilder().setOrderId(orderId).setUserId(userId);
      of(userId)
          .forEach(
              line ->
                  event.addLines(
                      OrderLine.newBuilder()
                          .setProductId(line.getProductId())
                          .setQuantity(line.getQuantity())));
      clear(userId);
      events.add(event.build());
      return Optional.of(event.build());
    }

    private Optional<Item> put(String userId, Item item) {
      cart(userId).put(item.getProductId(), item.getQuantity());
      return Optional.of(item);
    }

    private Map<String, Integer> cart(String userId) {
      return carts.computeIfAbsent(userId, id -> new LinkedHashMap<>());
    }
  }
}
