package dev.platformkit.shop.gateway;

import dev.platformkit.kit.Service;
import dev.platformkit.kit.grpc.Channels;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.user.v1.UserServiceGrpc;

/** The shop over HTTP and JSON: the one way in from outside. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "api-gateway",
        service ->
            service.serve(
                new Gateway(
                        UserServiceGrpc.newBlockingStub(service.channel("user")),
                        ProductServiceGrpc.newBlockingStub(service.channel("product")),
                        CartApiServiceGrpc.newBlockingStub(service.channel("cart-api")),
                        Channels.DEADLINE)
                    .routes()));
  }
}
