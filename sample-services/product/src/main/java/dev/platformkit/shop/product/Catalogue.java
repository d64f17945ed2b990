package dev.platformkit.shop.product;

import dev.platformkit.shop.product.v1.Product;
import java.util.List;
import java.util.Optional;

/** The products there are. */
interface Catalogue {
  /** Products whose id comes after this one, in the order of their ids. */
  List<Product> after(String id, int limit);

  Optional<Product> find(String id);

  /** Those of these that exist. */
  List<Product> findAll(List<String> ids);
}
