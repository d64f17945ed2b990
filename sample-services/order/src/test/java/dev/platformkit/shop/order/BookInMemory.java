package dev.platformkit.shop.order;

import dev.platformkit.shop.order.v1.CheckedOut;
import dev.platformkit.shop.order.v1.Order;
import dev.platformkit.shop.order.v1.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders that end with the test. */
final class BookInMemory implements OrderBook {
  private final Map<String, CheckedOut> taken = new LinkedHashMap<>();
  private final Map<String, Outcome> closed = new LinkedHashMap<>();

  @Override
  public boolean open(CheckedOut checkedOut) {
    taken.putIfAbsent(checkedOut.getOrderId(), checkedOut);
    return !closed.containsKey(checkedOut.getOrderId());
  }

  @Override
  public boolean close(String orderId, Outcome outcome) {
    return closed.putIfAbsent(orderId, outcome) == null;
  }

  @Override
  public Optional<Order> find(String userId, String orderId) {
    return of(userId, Integer.MAX_VALUE).stream()
        .filter(order -> order.getId().equals(orderId))
        .findFirst();
  }

  @Override
  public List<Order> of(String userId, int limit) {
    List<Order> orders = new ArrayList<>();
    taken.values().stream()
        .filter(order -> order.getUserId().equals(userId))
        .filter(order -> closed.containsKey(order.getOrderId()))
        .limit(limit)
        .forEach(order -> orders.add(0, order(order, closed.get(order.getOrderId()))));
    return orders;
  }

  private static Order order(CheckedOut checkedOut, Outcome outcome) {
    return Order.newBuilder()
        .setId(checkedOut.getOrderId())
        .setState(outcome.confirmed() ? State.STATE_CONFIRMED : State.STATE_REJECTED)
        .setReason(outcome.reason())
        .setTotalCents(outcome.totalCents())
        .addAllLines(checkedOut.getLinesList())
        .build();
  }
}
