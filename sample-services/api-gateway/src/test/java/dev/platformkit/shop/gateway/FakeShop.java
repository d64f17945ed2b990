package dev.platformkit.shop.gateway;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.cartapi.v1.AddItemRequest;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.cartapi.v1.Line;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.product.v1.UpdateProductRequest;
import dev.platformkit.shop.user.v1.LogInRequest;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.Session;
import dev.platformkit.shop.user.v1.User;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;

/** The services behind the gateway, as far as its tests ask them. */
final class FakeShop {
  volatile Optional<Status> fails = Optional.empty();
  volatile boolean hangs;

  BindableService users() {
    return new UserServiceGrpc.UserServiceImplBase() {
      @Override
      public void register(RegisterRequest request, StreamObserver<User> answer) {
        if (request.getPassword().length() < 8) {
          answer.onError(Refusal.invalid("password", "must be longer").asException());
          return;
        }
        answer.onNext(User.newBuilder().setId("u-1").setName(request.getName()).build());
        answer.onCompleted();
      }

      @Override
      public void logIn(LogInRequest request, StreamObserver<Session> answer) {
        answer.onError(
            Refusal.because(Code.FAILED_PRECONDITION, "LOCKED_OUT", "wait a little")
                .http(423)
                .retryAfter(Duration.ofMillis(59_001))
                .asException());
      }
    };
  }

  BindableService products() {
    return new ProductServiceGrpc.ProductServiceImplBase() {
      @Override
      public void listProducts(
          ListProductsRequest request, StreamObserver<ListProductsResponse> answer) {
        if (fails.isPresent()) {
          answer.onError(fails.get().asRuntimeException());
          return;
        }
        if (hangs) {
          return;
        }
        answer.onNext(
            ListProductsResponse.newBuilder()
                .addProducts(
                    Product.newBuilder()
                        .setId("p-1")
                        .setName(request.getQuery())
                        .setPriceCents(1290))
                .setNextPageToken(request.getPageSize() + " after " + request.getPageToken())
                .build());
        answer.onCompleted();
      }

      @Override
      public void updateProduct(UpdateProductRequest request, StreamObserver<Product> answer) {
        answer.onNext(request.getProduct());
        answer.onCompleted();
      }
    };
  }

  BindableService carts() {
    return new CartApiServiceGrpc.CartApiServiceImplBase() {
      @Override
      public void addItem(AddItemRequest request, StreamObserver<Line> answer) {
        answer.onNext(
            Line.newBuilder()
                .setProduct(
                    Product.newBuilder().setId(request.getProductId()).setName(Heard.CALLER.get()))
                .setQuantity(request.getQuantity())
                .build());
        answer.onCompleted();
      }
    };
  }

  /** What came along with a call: the token, and what must not have come. */
  static final class Heard implements ServerInterceptor {
    static final Context.Key<String> CALLER = Context.key("heard");

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String user = headers.get(Metadata.Key.of("x-user-id", Metadata.ASCII_STRING_MARSHALLER));
      return Contexts.interceptCall(
          Context.current().withValue(CALLER, "user " + user), call, headers, next);
    }
  }
}
