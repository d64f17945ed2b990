package dev.platformkit.shop.product;

import static java.util.Objects.requireNonNull;

import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.TakeStockRequest.Amount;
import java.util.List;
import java.util.Optional;

/** The products there are. */
interface Catalogue {
  /** Products that are looked for, whose id comes after this one, in the order of their ids. */
  List<Product> after(String id, int limit, Search search);

  Optional<Product> find(String id);

  /** Those of these that exist. */
  List<Product> findAll(List<String> ids);

  /** Whether there was none with this id. */
  boolean create(Product product);

  /** Gives a product all that this one has but its stock. */
  Optional<Product> replace(Product product);

  boolean delete(String id);

  /**
   * Takes what an order needs, once, all or nothing.
   *
   * @return what it comes to
   * @throws io.grpc.StatusRuntimeException when something is short or unknown
   */
  Taken take(String orderId, List<Amount> amounts);

  /** Creates what is new and replaces what is known, with its stock; all or nothing. */
  ImportProductsResponse takeIn(List<Product> products);

  /** How many there are. */
  long size();

  /**
   * What somebody looks for.
   *
   * @param words that name or description contain, all of them
   * @param categoryId empty for any
   */
  record Search(List<String> words, String categoryId) {
    static final Search ALL = new Search(List.of(), "");

    public Search {
      words = List.copyOf(words);
      requireNonNull(categoryId, "categoryId is null");
    }
  }

  /** Stock that is an order's. */
  record Taken(long totalCents, boolean before) {}
}
