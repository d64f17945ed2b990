package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.platformkit.kit.codec.CodecKind;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.contract.Validation;
import dev.platformkit.kit.telemetry.Telemetry;
import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.cart.v1.Item;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that write in different ways, at one server at a time. */
class CodecsTest {
  private final String service = "cart-" + UUID.randomUUID();
  private final InProcessTransport transport = new InProcessTransport();
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Telemetry telemetry = Telemetry.start(service, "host-1", Optional.empty(), metrics);
  private final List<Channels> opened = new ArrayList<>();
  private GrpcServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        GrpcServer.start(
            transport, 0, telemetry, service, List.of(new Cart()), List.of(new Validation()));
  }

  @AfterEach
  void stop() {
    opened.forEach(Channels::close);
    server.stop(Duration.ZERO);
    telemetry.close();
  }

  @Test
  void eachCallerIsAnsweredAsItAsked() {
    assertThat(add(channel(CodecKind.PROTOBUF), "p-1").getQuantity()).isEqualTo(2);
    assertThat(add(channel(CodecKind.JSON), "p-1").getQuantity()).isEqualTo(2);
    assertThat(raw(Optional.of("json"), "{\"product_id\":\"p-1\",\"quantity\":2}"))
        .isEqualTo("{\"product_id\":\"p-1\",\"quantity\":2}");
  }

  @Test
  void whatIsWrittenAsJsonIsHeldToTheContractToo() {
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> add(channel(CodecKind.JSON), ""));

    assertThat(refused).hasMessage("INVALID_ARGUMENT: product_id must have at least 1 characters");
  }

  @Test
  void whatCannotBeReadIsRefusedAndCounted() {
    assertThat(refused(Optional.of("json"), "hunter2"))
        .hasMessage("INVALID_ARGUMENT: this is no shop.cart.v1.AddItemRequest, written as json");
    assertThat(refused(Optional.empty(), "hunter2"))
        .hasMessage(
            "INVALID_ARGUMENT: this is no request of shop.cart.v1.CartService/AddItem, written as"
                + " protobuf")
        .satisfies(e -> assertThat(Refusal.reason(e)).hasValue("UNREADABLE"));
    assertThat(
            metrics.getSampleValue(
                "grpc_server_handled_total",
                new String[] {"service", "method", "code"},
                new String[] {service, "AddItem", "INVALID_ARGUMENT"}))
        .isEqualTo(2);
  }

  @Test
  void aCodecThatNobodyKnowsIsNamedWithThoseThatAreKnown() {
    StatusRuntimeException refused = refused(Optional.of("xml"), "<p/>");

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED);
    assertThat(refused).hasMessageContaining("[protobuf, json]").hasMessageContaining("shop-codec");
  }

  @Test
  void whatIsTooLargeIsRefusedInJsonToo() {
    assertThat(refused(Optional.of("json"), " ".repeat(1 << 20) + "{}").getStatus().getCode())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  private Channel channel(CodecKind codec) {
    Channels channels =
        new Channels(
            transport,
            codec,
            Telemetry.start("caller", "host-2", Optional.empty(), new CollectorRegistry()),
            target -> List.of());
    opened.add(channels);
    return channels.to(service);
  }

  private static Item add(Channel channel, String product) {
    return CartServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .addItem(AddItemRequest.newBuilder().setProductId(product).setQuantity(2).build());
  }

  private StatusRuntimeException refused(Optional<String> codec, String request) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> raw(codec, request));
  }

  /** Sends these very letters. */
  private String raw(Optional<String> codec, String request) {
    MethodDescriptor<String, String> method =
        CartServiceGrpc.getAddItemMethod().toBuilder(new Letters(), new Letters()).build();
    Metadata headers = new Metadata();
    codec.ifPresent(name -> headers.put(WrittenCalls.CODEC, name));
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(
            channel(CodecKind.PROTOBUF), MetadataUtils.newAttachHeadersInterceptor(headers)),
        method,
        CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS),
        request);
  }

  private static final class Cart extends CartServiceGrpc.CartServiceImplBase {
    @Override
    public void addItem(AddItemRequest request, StreamObserver<Item> answer) {
      Unary.answer(
          answer,
          Item.newBuilder()
              .setProductId(request.getProductId())
              .setQuantity(request.getQuantity())
              .build());
    }
  }

  private static final class Letters implements Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream text) {
      try {
        return new String(text.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
