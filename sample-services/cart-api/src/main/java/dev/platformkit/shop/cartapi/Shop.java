package dev.platformkit.shop.cartapi;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.cart.v1.CartServiceGrpc.CartServiceFutureStub;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.product.v1.ProductServiceGrpc.ProductServiceFutureStub;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import dev.platformkit.shop.user.v1.UserServiceGrpc.UserServiceFutureStub;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The services that carts are put together from. Each has a time of its own, shorter than whoever
 * asks us waits, so that there is time to answer without it.
 */
record Shop(Channel cart, Channel product, Channel user) {
  private static final long CART_MILLIS = 1500;
  private static final long PRODUCT_MILLIS = 800;
  private static final long USER_MILLIS = 500;

  CartServiceFutureStub carts() {
    return CartServiceGrpc.newFutureStub(cart)
        .withDeadlineAfter(CART_MILLIS, TimeUnit.MILLISECONDS);
  }

  ProductServiceFutureStub products() {
    return ProductServiceGrpc.newFutureStub(product)
        .withDeadlineAfter(PRODUCT_MILLIS, TimeUnit.MILLISECONDS);
  }

  UserServiceFutureStub users() {
    return UserServiceGrpc.newFutureStub(user)
        .withDeadlineAfter(USER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The answer, for which there is a deadline. */
  static <T> T await(ListenableFuture<T> answer) {
    try {
      return Uninterruptibles.getUninterruptibly(answer);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException told) {
        throw told;
      }
      throw new IllegalStateException("a call failed without a status", e);
    }
  }
}
