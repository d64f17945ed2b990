package dev.platformkit.shop.product;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.TakeStockRequest.Amount;
import io.grpc.Status.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A catalogue that ends with the test: five products, ten of each. */
final class CatalogueInMemory implements Catalogue {
  final Map<String, Product> all = new TreeMap<>();
  int pagesRead;
  private final Map<String, Long> taken = new HashMap<>();
  private Optional<RuntimeException> countFailure = Optional.empty();

  CatalogueInMemory() {
    for (int i = 1; i <= 5; i++) {
      create(product("p-" + i));
    }
  }

  void failsToCount(RuntimeException with) {
    countFailure = Optional.of(with);
  }

  static Product product(String id) {
    return Product.newBuilder()
        .setId(id)
        .setName("Product " + id)
        .setPriceCents(100)
        .setCurrency("EUR")
        .setStock(10)
        .build();
  }

  @Override
  public List<Product> after(String id, int limit, Search search) {
    pagesRead++;
    return all.values().stream()
        .filter(p -> p.getId().compareTo(id) > 0)
        .filter(p -> search.categoryId().isEmpty() || p.getCategoryId().equals(search.categoryId()))
        .filter(
            p ->
                search.words().stream().allMatch(w -> text(p).contains(w.toLowerCase(Locale.ROOT))))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Product> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public List<Product> findAll(List<String> ids) {
    return all.values().stream().filter(p -> ids.contains(p.getId())).toList();
  }

  @Override
  public boolean create(Product product) {
    return all.putIfAbsent(product.getId(), product) == null;
  }

  @Override
  public Optional<Product> replace(Product product) {
    return Optional.ofNullable(
        all.computeIfPresent(
            product.getId(), (id, old) -> product.toBuilder().setStock(old.getStock()).build()));
  }

  @Override
  public boolean delete(String id) {
    return all.remove(id) != null;
  }

  @Override
  public Taken take(String orderId, List<Amount> amounts) {
    if (taken.containsKey(orderId)) {
      return new Taken(taken.get(orderId), true);
    }
    for (Amount amount : amounts) {
      if (find(amount.getProductId()).filter(p -> p.getStock() >= amount.getQuantity()).isEmpty()) {
        throw Refusal.because(
                Code.FAILED_PRECONDITION, "OUT_OF_STOCK", "short of " + amount.getProductId())
            .asException();
      }
    }
    long total = 0;
    for (Amount amount : amounts) {
      Product product = all.get(amount.getProductId());
      all.put(
          product.getId(),
          product.toBuilder().setStock(product.getStock() - amount.getQuantity()).build());
      total += product.getPriceCents() * amount.getQuantity();
    }
    taken.put(orderId, total);
    return new Taken(total, false);
  }

  @Override
  public ImportProductsResponse takeIn(List<Product> products) {
    int before = all.size();
    products.forEach(p -> all.put(p.getId(), p));
    int created = all.size() - before;
    return ImportProductsResponse.newBuilder()
        .setCreated(created)
        .setReplaced(products.size() - created)
        .build();
  }

  @Override
  public long size() {
    if (countFailure.isPresent()) {
      throw countFailure.get();
    }
    return all.size();
  }

  private static String text(Product product) {
    return (product.getName() + " " + product.getDescription()).toLowerCase(Locale.ROOT);
  }
}
