package dev.platformkit.shop.cart;

import dev.platformkit.shop.cart.v1.Item;
import java.util.List;
import java.util.Optional;

/** The lines of all carts. */
interface Lines {
  /** The most of one product in a cart. */
  int LARGEST_QUANTITY = 99;

  /** The most products in a cart. */
  int LARGEST_CART = 50;

  /** Adds to a line and returns what it has become; nothing when that would pass a limit. */
  Optional<Item> add(String userId, Item item);

  /** A user's lines, in the order in which they were first added. */
  List<Item> of(String userId);
}
