package dev.platformkit.shop.cartapi;

import static java.util.stream.Collectors.toMap;

import dev.platformkit.shop.cart.v1.CartServiceGrpc.CartServiceBlockingStub;
import dev.platformkit.shop.cart.v1.Item;
import dev.platformkit.shop.cartapi.v1.AddItemRequest;
import dev.platformkit.shop.cartapi.v1.AddItemResponse;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.cartapi.v1.GetCartRequest;
import dev.platformkit.shop.cartapi.v1.GetCartResponse;
import dev.platformkit.shop.cartapi.v1.Line;
import dev.platformkit.shop.product.v1.BatchGetProductsRequest;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc.ProductServiceBlockingStub;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;

/**
 * The cart-api service as its contract has it. What cart or product answer instead of a result, the
 * caller gets to see as it is.
 */
final class CartViews extends CartApiServiceGrpc.CartApiServiceImplBase {
  private final CartServiceBlockingStub carts;
  private final ProductServiceBlockingStub products;

  CartViews(CartServiceBlockingStub carts, ProductServiceBlockingStub products) {
    this.carts = carts;
    this.products = products;
  }

  @Override
  public void addItem(AddItemRequest request, StreamObserver<AddItemResponse> answer) {
    Product product =
        products
            .getProduct(GetProductRequest.newBuilder().setProductId(request.getProductId()).build())
            .getProduct();
    Item item =
        carts
            .addItem(
                dev.platformkit.shop.cart.v1.AddItemRequest.newBuilder()
                    .setUserId(request.getUserId())
                    .setProductId(product.getId())
                    .setQuantity(request.getQuantity())
                    .build())
            .getItem();
    answer.onNext(AddItemResponse.newBuilder().setLine(line(product, item)).build());
    answer.onCompleted();
  }

  @Override
  public void getCart(GetCartRequest request, StreamObserver<GetCartResponse> answer) {
    List<Item> items =
        carts
            .getCart(
                dev.platformkit.shop.cart.v1.GetCartRequest.newBuilder()
                    .setUserId(request.getUserId())
                    .build())
            .getItemsList();
    answer.onNext(view(items, details(items)));
    answer.onCompleted();
  }

  private Map<String, Product> details(List<Item> items) {
    if (items.isEmpty()) {
      return Map.of();
    }
    return products
        .batchGetProducts(
            BatchGetProductsRequest.newBuilder()
                .addAllProductIds(items.stream().map(Item::getProductId).toList())
                .build())
        .getProductsList()
        .stream()
        .collect(toMap(Product::getId, product -> product));
  }

  private static GetCartResponse view(List<Item> items, Map<String, Product> details) {
    GetCartResponse.Builder view = GetCartResponse.newBuilder();
    long total = 0;
    for (Item item : items) {
      // A product that is no longer for sale stays in the cart by its id, and costs nothing.
      Product product =
          details.getOrDefault(
              item.getProductId(), Product.newBuilder().setId(item.getProductId()).build());
      view.addLines(line(product, item));
      total += product.getPriceCents() * item.getQuantity();
    }
    return view.setTotalCents(total).build();
  }

  private static Line line(Product product, Item item) {
    return Line.newBuilder().setProduct(product).setQuantity(item.getQuantity()).build();
  }
}
