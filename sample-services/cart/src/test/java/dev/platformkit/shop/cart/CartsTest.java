package dev.platformkit.shop.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.cart.v1.AddItemResponse;
import dev.platformkit.shop.cart.v1.GetCartRequest;
import dev.platformkit.shop.cart.v1.GetCartResponse;
import dev.platformkit.shop.cart.v1.Item;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CartsTest {
  private final InMemory lines = new InMemory();
  private final Carts carts = new Carts(lines);

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
  void whatMakesNoSenseIsRefusedAndNothingIsWritten() {
    assertThatThrownBy(() -> add("", "p-1", 1)).hasMessage("INVALID_ARGUMENT: user_id is missing");
    assertThatThrownBy(() -> add("ann", "", 1))
        .hasMessage("INVALID_ARGUMENT: product_id is missing");
    for (int quantity : new int[] {0, -1, 100}) {
      assertThatThrownBy(() -> add("ann", "p-1", quantity))
          .hasMessageContaining("INVALID_ARGUMENT: quantity");
    }
    assertThat(lines.carts).isEmpty();
  }

  @Test
  void aLineThatWouldGrowTooLongIsRefused() {
    add("ann", "p-1", 99);

    assertThatThrownBy(() -> add("ann", "p-1", 1)).hasMessageContaining("FAILED_PRECONDITION");
    assertThat(cartOf("ann")).containsExactly(item("p-1", 99));
  }

  private Item add(String user, String product, int quantity) {
    Answer<AddItemResponse> answer = new Answer<>();
    carts.addItem(
        AddItemRequest.newBuilder()
            .setUserId(user)
            .setProductId(product)
            .setQuantity(quantity)
            .build(),
        answer);
    return answer.value.getItem();
  }

  private List<Item> cartOf(String user) {
    Answer<GetCartResponse> answer = new Answer<>();
    carts.getCart(GetCartRequest.newBuilder().setUserId(user).build(), answer);
    return answer.value.getItemsList();
  }

  private static Item item(String product, int quantity) {
    return Item.newBuilder().setProductId(product).setQuantity(quantity).build();
  }

  private static final class InMemory implements Lines {
    private final Map<String, Map<String, Integer>> carts = new HashMap<>();

    @Override
    public Optional<Item> add(String userId, Item item) {
      Map<String, Integer> cart = carts.computeIfAbsent(userId, id -> new LinkedHashMap<>());
      int quantity = cart.getOrDefault(item.getProductId(), 0) + item.getQuantity();
      if (quantity > LARGEST_QUANTITY) {
        return Optional.empty();
      }
      cart.put(item.getProductId(), quantity);
      return Optional.of(item.toBuilder().setQuantity(quantity).build());
    }

    @Override
    public List<Item> of(String userId) {
      return carts.getOrDefault(userId, Map.of()).entrySet().stream()
          .map(line -> item(line.getKey(), line.getValue()))
          .toList();
    }
  }

  private static final class Answer<T> implements StreamObserver<T> {
    private T value;

    @Override
    public void onNext(T value) {
      this.value = value;
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {
      assertThat(value).isNotNull();
    }
  }
}
