package dev.platformkit.kit.contract;

import com.google.protobuf.Descriptors;
import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.category.v1.CategoryServiceGrpc;
import dev.platformkit.shop.contract.v1.Access;
import dev.platformkit.shop.contract.v1.ContractProto;
import dev.platformkit.shop.order.v1.OrderServiceGrpc;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the contracts say about calls beyond their messages. */
public final class Contracts {
  /** The subject to which {@code shop.order.v1.CheckedOut} is published. */
  public static final String CHECKED_OUT = "orders.checked-out";

  private Contracts() {}

  /** Who may make such a call; {@code ACCESS_UNSPECIFIED} where the contract does not say. */
  public static Access access(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
        ? access(schema.getMethodDescriptor())
        : Access.ACCESS_UNSPECIFIED;
  }

  public static Access access(Descriptors.MethodDescriptor method) {
    return method.getOptions().getExtension(ContractProto.access);
  }

  /** The calls that do no harm when they are made twice, as a gRPC service config names them. */
  public static List<Map<String, ?>> repeatable() {
    return Stream.of(
            CartServiceGrpc.getServiceDescriptor(),
            CartApiServiceGrpc.getServiceDescriptor(),
            CategoryServiceGrpc.getServiceDescriptor(),
            OrderServiceGrpc.getServiceDescriptor(),
            ProductServiceGrpc.getServiceDescriptor(),
            UserServiceGrpc.getServiceDescriptor())
        .map(ServiceDescriptor::getMethods)
        .flatMap(methods -> methods.stream())
        .filter(method -> method.isSafe() || method.isIdempotent())
        .<Map<String, ?>>map(
            method ->
                Map.of(
                    "service", String.valueOf(method.getServiceName()),
                    "method", String.valueOf(method.getBareMethodName())))
        .toList();
  }
}
