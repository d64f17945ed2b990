package dev.platformkit.shop.cartapi;

import dev.platformkit.shop.product.v1.Product;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Products as they were seen last: the thousand that were seen most lately. */
final class KnownProducts {
  private static final int MOST = 1000;

  private final Map<String, Product> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Product> eldest) {
          return size() > MOST;
        }
      };

  synchronized void seen(Product product) {
    known.put(product.getId(), product);
  }

  synchronized Optional<Product> last(String id) {
    return Optional.ofNullable(known.get(id));
  }
}
