package dev.platformkit.shop.cartapi;

import dev.platformkit.shop.product.v1.Product;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Products as they were seen last: the thousand that were seen most lately, however long ago. Only
 * for when product cannot be asked; what it says goes.
 */
final class KnownProducts {
  static final int MOST = 1000;

  private final LongSupplier nanoClock;
  private final Map<String, Seen> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > MOST;
        }
      };

  KnownProducts(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A product as it was, and how long ago that is. */
  record Known(Product product, Duration age) {}

  synchronized void seen(Product product) {
    known.put(product.getId(), new Seen(product, nanoClock.getAsLong()));
  }

  /** It is not for sale any more. */
  synchronized void gone(String id) {
    known.remove(id);
  }

  synchronized Optional<Known> last(String id) {
    return Optional.ofNullable(known.get(id))
        .map(
            seen ->
                new Known(seen.product(), Duration.ofNanos(nanoClock.getAsLong() - seen.nanos())));
  }

  private record Seen(Product product, long nanos) {}
}
