package dev.platformkit.shop.cart;

import dev.platformkit.shop.cart.v1.Item;
import dev.platformkit.shop.order.v1.CheckedOut;
import java.util.List;
import java.util.Optional;

/** What users have put aside. */
interface Lines {
  /** So many of one product fit into a cart. */
  int LARGEST_QUANTITY = 99;

  /**
   * So many products fit into a cart. Far fewer than may be asked for or taken in one call:
   * requests of one user that come at the same time do not see each other, and may pass this by as
   * many.
   */
  int LARGEST_CART = 50;

  /** Adds to what is there; what there is now, or nothing when it would be too much. */
  Optional<Item> add(String userId, Item item);

  /** Sets how many there are; nothing when there are none. */
  Optional<Item> change(String userId, Item item);

  /** Whether there were any. */
  boolean remove(String userId, String productId);

  void clear(String userId);

  /** In the order in which they were first added. */
  List<Item> of(String userId);

  /**
   * Empties a cart into an event that will be published; nothing when there is nothing in it.
   *
   * @param traceparent the trace in which it was checked out
   */
  Optional<CheckedOut> checkOut(String userId, String orderId, String traceparent);
}
