package dev.platformkit.shop.gateway;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.cartapi.v1.AddItemRequest;
import dev.platformkit.shop.cartapi.v1.Cart;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.cartapi.v1.CheckOutRequest;
import dev.platformkit.shop.cartapi.v1.CheckOutResponse;
import dev.platformkit.shop.cartapi.v1.GetCartRequest;
import dev.platformkit.shop.cartapi.v1.Line;
import dev.platformkit.shop.category.v1.Category;
import dev.platformkit.shop.category.v1.CategoryServiceGrpc;
import dev.platformkit.shop.category.v1.GetCategoryRequest;
import dev.platformkit.shop.product.v1.CreateProductRequest;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.product.v1.UpdateProductRequest;
import dev.platformkit.shop.user.v1.GetProfileRequest;
import dev.platformkit.shop.user.v1.LogInRequest;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.Role;
import dev.platformkit.shop.user.v1.Session;
import dev.platformkit.shop.user.v1.SetRoleRequest;
import dev.platformkit.shop.user.v1.User;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The services behind the gateway, as far as its tests need them: one user, one product. */
final class FakeShop {
  static final String TOKEN = "aaa.bbb.ccc";

  static final Product MUG =
      Product.newBuilder()
          .setId("p-1")
          .setName("Mug")
          .setPriceCents(1290)
          .setCurrency("EUR")
          .setStock(7)
          .build();

  static final String MUG_JSON =
      "{'id':'p-1','name':'Mug','price_cents':'1290','currency':'EUR','stock':7,'description':'',"
          + "'category_id':'','sizes':[],'images':[]}";

  /** Answered instead of a product. */
  volatile Optional<StatusRuntimeException> instead = Optional.empty();

  /** Whether a product is never answered at all. */
  volatile boolean hangs;

  /** What came along with the last call. */
  volatile Metadata headers = new Metadata();

  private final AtomicInteger quantity = new AtomicInteger();

  BindableService users() {
    return heard(
        new UserServiceGrpc.UserServiceImplBase() {
          @Override
          public void register(RegisterRequest request, StreamObserver<User> answer) {
            if (request.getName().isEmpty()) {
              answer.onError(Refusal.invalid("name", "is empty").asException());
            } else {
              succeed(answer, User.newBuilder().setId("u-1").setName(request.getName()).build());
            }
          }

          @Override
          public void logIn(LogInRequest request, StreamObserver<Session> answer) {
            succeed(answer, Session.newBuilder().setToken(TOKEN).setUserId("u-1").build());
          }

          @Override
          public void getProfile(GetProfileRequest request, StreamObserver<User> answer) {
            succeed(answer, User.newBuilder().setId("u-1").setRole(Role.ROLE_CUSTOMER).build());
          }

          @Override
          public void setRole(SetRoleRequest request, StreamObserver<User> answer) {
            succeed(
                answer,
                User.newBuilder().setId(request.getUserId()).setRole(request.getRole()).build());
          }
        });
  }

  BindableService products() {
    return heard(
        new ProductServiceGrpc.ProductServiceImplBase() {
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
          public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
            if (hangs) {
              return;
            }
            instead.ifPresentOrElse(answer::onError, () -> succeed(answer, MUG));
          }

          @Override
          public void createProduct(CreateProductRequest request, StreamObserver<Product> answer) {
            succeed(answer, request.getProduct());
          }

          @Override
          public void updateProduct(UpdateProductRequest request, StreamObserver<Product> answer) {
            succeed(answer, request.getProduct());
          }
        });
  }

  BindableService carts() {
    return heard(
        new CartApiServiceGrpc.CartApiServiceImplBase() {
          @Override
          public void addItem(AddItemRequest request, StreamObserver<Line> answer) {
            quantity.addAndGet(request.getQuantity());
            succeed(answer, line());
          }

          @Override
          public void getCart(GetCartRequest request, StreamObserver<Cart> answer) {
            succeed(
                answer,
                Cart.newBuilder()
                    .addItems(line())
                    .setTotalCents(quantity.get() * MUG.getPriceCents())
                    .build());
          }

          @Override
          public void checkOut(CheckOutRequest request, StreamObserver<CheckOutResponse> answer) {
            succeed(answer, CheckOutResponse.newBuilder().setOrderId("o-1").build());
          }
        });
  }

  BindableService categories() {
    return heard(
        new CategoryServiceGrpc.CategoryServiceImplBase() {
          @Override
          public void getCategory(GetCategoryRequest request, StreamObserver<Category> answer) {
            succeed(answer, Category.newBuilder().setId(request.getCategoryId()).build());
          }
        });
  }

  String header(String name) {
    return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  private BindableService heard(BindableService service) {
    return () ->
        ServerInterceptors.intercept(
            service,
            new ServerInterceptor() {
              @Override
              public <Q, A> ServerCall.Listener<Q> interceptCall(
                  ServerCall<Q, A> call, Metadata with, ServerCallHandler<Q, A> next) {
                headers = with;
                return next.startCall(call, with);
              }
            });
  }

  private Line line() {
    return Line.newBuilder().setProduct(MUG).setQuantity(quantity.get()).build();
  }

  private static <T> void succeed(StreamObserver<T> answer, T value) {
    answer.onNext(value);
    answer.onCompleted();
  }
}
