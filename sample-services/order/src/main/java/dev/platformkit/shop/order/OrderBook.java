package dev.platformkit.shop.order;

import dev.platformkit.shop.order.v1.CheckedOut;
import dev.platformkit.shop.order.v1.Order;
import java.util.List;
import java.util.Optional;

/** The orders there are. One whose outcome is not known yet is kept, but is nobody's to see. */
interface OrderBook {
  /** Takes a check-out down, if that has not been done before; whether its outcome is open. */
  boolean open(CheckedOut checkedOut);

  /** Writes down what became of an order that is open; whether it was. */
  boolean close(String orderId, Outcome outcome);

  /** An order of this user. */
  Optional<Order> find(String userId, String orderId);

  /** The orders of a user, the latest first. */
  List<Order> of(String userId, int limit);

  /** What became of an order; its reason is empty where it is confirmed. */
  record Outcome(boolean confirmed, String reason, long totalCents) {
    static Outcome confirmed(long totalCents) {
      return new Outcome(true, "", totalCents);
    }

    static Outcome rejected(String reason) {
      return new Outcome(false, reason, 0);
    }
  }
}
