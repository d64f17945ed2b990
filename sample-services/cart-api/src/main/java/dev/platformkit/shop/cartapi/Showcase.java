package dev.platformkit.shop.cartapi;

import static java.util.stream.Collectors.toMap;

import com.google.common.util.concurrent.ListenableFuture;
import dev.platformkit.shop.cartapi.v1.Degradation;
import dev.platformkit.shop.cartapi.v1.Line;
import dev.platformkit.shop.product.v1.BatchGetProductsRequest;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.Product;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What products are, as lines that have no quantity yet: as product says, or, where product does
 * not answer, as they were seen last.
 */
final class Showcase {
  private final Shop shop;
  private final Degradations degradations;
  private final KnownProducts known;

  Showcase(Shop shop, Degradations degradations, KnownProducts known) {
    this.shop = shop;
    this.degradations = degradations;
    this.known = known;
  }

  /** Asks for a product; what comes of it is to be given to one of the other methods. */
  ListenableFuture<Product> ask(String id) {
    return shop.products().getProduct(GetProductRequest.newBuilder().setProductId(id).build());
  }

  /** A product that is for sale or was when it was seen last; what product answered, otherwise. */
  Line existing(String id, ListenableFuture<Product> answer) {
    try {
      return now(answer);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Code.NOT_FOUND) {
        known.gone(id);
      }
      KnownProducts.Known last = known.last(id).orElseThrow(() -> e);
      degradations.without("product", e);
      degradations.stale(last.age());
      return Line.newBuilder().setProduct(last.product()).setStale(true).build();
    }
  }

  /** A product that is in a cart, whatever has become of it. */
  Line inCart(String id, ListenableFuture<Product> answer) {
    try {
      return now(answer);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Code.NOT_FOUND) {
        known.gone(id);
        return unknown(id);
      }
      degradations.without("product", e);
      return lastKnown(id);
    }
  }

  /** Products that are in a cart, by their ids. */
  Shown inCart(List<String> ids) {
    try {
      Map<String, Product> now =
          Shop.await(
                  shop.products()
                      .batchGetProducts(
                          BatchGetProductsRequest.newBuilder().addAllProductIds(ids).build()))
              .getProductsList()
              .stream()
              .collect(toMap(Product::getId, product -> product));
      now.values().forEach(known::seen);
      ids.stream().filter(id -> !now.containsKey(id)).forEach(known::gone);
      return new Shown(
          ids.stream()
              .collect(
                  toMap(
                      id -> id,
                      id ->
                          now.containsKey(id)
                              ? Line.newBuilder().setProduct(now.get(id)).build()
                              : unknown(id))),
          Optional.empty());
    } catch (StatusRuntimeException e) {
      Degradation without = degradations.without("product", e);
      return new Shown(
          ids.stream().collect(toMap(id -> id, this::lastKnown)), Optional.of(without));
    }
  }

  /** Products by their ids, and what the answer had to do without. */
  record Shown(Map<String, Line> lines, Optional<Degradation> degraded) {}

  private Line now(ListenableFuture<Product> answer) {
    Product product = Shop.await(answer);
    known.seen(product);
    return Line.newBuilder().setProduct(product).build();
  }

  private Line lastKnown(String id) {
    return known
        .last(id)
        .map(
            last -> {
              degradations.stale(last.age());
              return Line.newBuilder().setProduct(last.product());
            })
        .orElse(unknown(id).toBuilder())
        .setStale(true)
        .build();
  }

  /** Never seen, or not for sale any more: it stays in the cart by its id, at no price. */
  private static Line unknown(String id) {
    return Line.newBuilder().setProduct(Product.newBuilder().setId(id)).build();
  }
}
