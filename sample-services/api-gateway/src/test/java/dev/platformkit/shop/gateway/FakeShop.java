package dev.platformkit.shop.gateway;

import dev.platformkit.shop.cartapi.v1.AddItemRequest;
import dev.platformkit.shop.cartapi.v1.AddItemResponse;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.cartapi.v1.GetCartRequest;
import dev.platformkit.shop.cartapi.v1.GetCartResponse;
import dev.platformkit.shop.cartapi.v1.Line;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.GetProductResponse;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.user.v1.AuthenticateRequest;
import dev.platformkit.shop.user.v1.AuthenticateResponse;
import dev.platformkit.shop.user.v1.LogInRequest;
import dev.platformkit.shop.user.v1.LogInResponse;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.RegisterResponse;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** The services behind the gateway, as far as its tests need them: one user, one product. */
final class FakeShop {
  static final String TOKEN = "the-token";
  static final String MUG_JSON =
      "{'id':'p-1','name':'Mug','price_cents':1290,'currency':'EUR','stock':7}";

  private static final Product MUG =
      Product.newBuilder()
          .setId("p-1")
          .setName("Mug")
          .setPriceCents(1290)
          .setCurrency("EUR")
          .setStock(7)
          .build();

  /** Answered instead of a product. */
  volatile Status instead = Status.OK;

  /** Whether a product is never answered at all. */
  volatile boolean hangs;

  private final AtomicInteger quantity = new AtomicInteger();

  BindableService users() {
    return new UserServiceGrpc.UserServiceImplBase() {
      @Override
      public void register(RegisterRequest request, StreamObserver<RegisterResponse> answer) {
        if (request.getName().isEmpty()) {
          fail(answer, Status.INVALID_ARGUMENT.withDescription("name is empty"));
        } else {
          succeed(
              answer,
              RegisterResponse.newBuilder().setUserId("u-1").setName(request.getName()).build());
        }
      }

      @Override
      public void logIn(LogInRequest request, StreamObserver<LogInResponse> answer) {
        succeed(answer, LogInResponse.newBuilder().setToken(TOKEN).build());
      }

      @Override
      public void authenticate(
          AuthenticateRequest request, StreamObserver<AuthenticateResponse> answer) {
        if (request.getToken().equals(TOKEN)) {
          succeed(answer, AuthenticateResponse.newBuilder().setUserId("u-1").build());
        } else {
          fail(answer, Status.UNAUTHENTICATED.withDescription("unknown"));
        }
      }
    };
  }

  BindableService products() {
    return new ProductServiceGrpc.ProductServiceImplBase() {
      @Override
      public void listProducts(
          ListProductsRequest request, StreamObserver<ListProductsResponse> answer) {
        succeed(
            answer,
            ListProductsResponse.newBuilder()
                .addProducts(MUG)
                .setNextPageToken(request.getPageSize() + " after " + request.getPageToken())
                .build());
      }

      @Override
      public void getProduct(GetProductRequest request, StreamObserver<GetProductResponse> answer) {
        if (hangs) {
          return;
        }
        if (instead.isOk()) {
          succeed(answer, GetProductResponse.newBuilder().setProduct(MUG).build());
        } else {
          fail(answer, instead);
        }
      }
    };
  }

  BindableService carts() {
    return new CartApiServiceGrpc.CartApiServiceImplBase() {
      @Override
      public void addItem(AddItemRequest request, StreamObserver<AddItemResponse> answer) {
        quantity.addAndGet(request.getQuantity());
        succeed(answer, AddItemResponse.newBuilder().setLine(line()).build());
      }

      @Override
      public void getCart(GetCartRequest request, StreamObserver<GetCartResponse> answer) {
        succeed(
            answer,
            GetCartResponse.newBuilder()
                .addLines(line())
                .setTotalCents(quantity.get() * MUG.getPriceCents())
                .build());
      }
    };
  }

  private Line line() {
    return Line.newBuilder().setProduct(MUG).setQuantity(quantity.get()).build();
  }

  private static <T> void succeed(StreamObserver<T> answer, T value) {
    answer.onNext(value);
    answer.onCompleted();
  }

  private static void fail(StreamObserver<?> answer, Status status) {
    answer.onError(status.asRuntimeException());
  }
}
