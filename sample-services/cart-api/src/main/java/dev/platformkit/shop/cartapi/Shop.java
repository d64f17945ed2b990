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
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The services that carts are put together from. Each has a time of its own, shorter than whoever
 * asks us waits, so that there is time to answer without it.
 */
record Shop(Channel cart, Channel product, Channel user, Times times) {
  /**
   * How long each is waited for. Cart and product are asked one after the other, user meanwhile;
   * whoever asks us waits for {@link dev.platformkit.kit.grpc.Channels#DEADLINE}.
   */
  record Times(Duration cart, Duration product, Duration user) {
    static final Times USUAL =
        new Times(Duration.ofMillis(1000), Duration.ofMillis(700), Duration.ofMillis(500));
  }

  CartServiceFutureStub carts() {
    return CartServiceGrpc.newFutureStub(cart)
        .withDeadlineAfter(times.cart().toMillis(), TimeUnit.MILLISECONDS);
  }

  ProductServiceFutureStub products() {
    return ProductServiceGrpc.newFutureStub(product)
        .withDeadlineAfter(times.product().toMillis(), TimeUnit.MILLISECONDS);
  }

  UserServiceFutureStub users() {
    return UserServiceGrpc.newFutureStub(user)
        .withDeadlineAfter(times.user().toMillis(), TimeUnit.MILLISECONDS);
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
