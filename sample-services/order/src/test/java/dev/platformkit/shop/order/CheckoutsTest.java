package dev.platformkit.shop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import dev.platformkit.kit.broker.Message;
import dev.platformkit.kit.contract.Contracts;
import dev.platformkit.shop.order.v1.CheckedOut;
import dev.platformkit.shop.order.v1.Order;
import dev.platformkit.shop.order.v1.OrderLine;
import dev.platformkit.shop.order.v1.State;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.product.v1.TakeStockRequest;
import dev.platformkit.shop.product.v1.TakeStockResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckoutsTest {
  private final OneProduct product = new OneProduct();
  private final BookInMemory book = new BookInMemory();
  private final CollectorRegistry metrics = new CollectorRegistry();
  private Server server;
  private ManagedChannel channel;
  private Checkouts checkouts;

  @BeforeEach
  void start() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(product)
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    checkouts =
        new Checkouts(
            book, ProductServiceGrpc.newBlockingStub(channel), new OrderMetrics("order", metrics));
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void aCheckOutBecomesAnOrderWhoseStockIsTaken() {
    checkouts.handle(checkedOut("o-1"));

    Order order = book.find("u-1", "o-1").orElseThrow();
    assertThat(order.getState()).isEqualTo(State.STATE_CONFIRMED);
    assertThat(order.getTotalCents()).isEqualTo(2580);
    assertThat(product.asked).hasSize(1);
    assertThat(product.asked.get(0).getAmounts(0).getQuantity()).isEqualTo(2);
    assertThat(count("confirmed")).isEqualTo(1);
    assertThat(metrics.getSampleValue("order_revenue_cents_total", LABEL, SERVICE)).isEqualTo(2580);
  }

  @Test
  void aMessageThatComesTwiceIsOneOrder() {
    checkouts.handle(checkedOut("o-1"));
    checkouts.handle(checkedOut("o-1"));

    assertThat(book.of("u-1", 10)).hasSize(1);
    assertThat(product.asked).hasSize(1);
    assertThat(count("confirmed")).isEqualTo(1);
  }

  @Test
  void whatIsOutOfStockIsRejectedWithTheReason() {
    product.refusal = Optional.of(Status.FAILED_PRECONDITION.withDescription("p-01 is short by 1"));

    checkouts.handle(checkedOut("o-1"));

    Order order = book.find("u-1", "o-1").orElseThrow();
    assertThat(order.getState()).isEqualTo(State.STATE_REJECTED);
    assertThat(order.getReason()).isEqualTo("p-01 is short by 1");
    assertThat(count("rejected")).isEqualTo(1);
    assertThat(count("confirmed")).isZero();
  }

  @Test
  void whileProductDoesNotAnswerTheOrderStaysOpenAndIsTakenUpAgain() {
    product.refusal = Optional.of(Status.UNAVAILABLE.withDescription("not now"));
    assertThatThrownBy(() -> checkouts.handle(checkedOut("o-1"))).hasMessageContaining("not now");
    assertThat(book.find("u-1", "o-1")).isEmpty();

    product.refusal = Optional.empty();
    checkouts.handle(checkedOut("o-1"));

    assertThat(book.find("u-1", "o-1").orElseThrow().getState()).isEqualTo(State.STATE_CONFIRMED);
    assertThat(count("confirmed")).isEqualTo(1);
  }

  @Test
  void whatIsNoCheckOutIsDropped() {
    checkouts.handle(new Message(Contracts.CHECKED_OUT, Map.of(), new byte[] {1, 2, 3}));

    assertThat(product.asked).isEmpty();
  }

  @Test
  void nobodySeesTheOrdersOfOthers() {
    checkouts.handle(checkedOut("o-1"));

    assertThat(book.find("u-2", "o-1")).isEmpty();
    assertThat(book.of("u-2", 10)).isEmpty();
  }

  private static final String[] LABEL = {"service"};
  private static final String[] SERVICE = {"order"};

  private double count(String result) {
    return metrics.getSampleValue(
        "orders_total", new String[] {"service", "result"}, new String[] {"order", result});
  }

  private static Message checkedOut(String id) {
    return new Message(
        Contracts.CHECKED_OUT,
        Map.of(),
        CheckedOut.newBuilder()
            .setOrderId(id)
            .setUserId("u-1")
            .addLines(OrderLine.newBuilder().setProductId("p-01").setQuantity(2))
            .setCheckedOutAt(Timestamps.fromMillis(System.currentTimeMillis()))
            .build()
            .toByteArray());
  }

  /** Has one product, at 12.90, or a refusal. */
  private static final class OneProduct extends ProductServiceGrpc.ProductServiceImplBase {
    private final List<TakeStockRequest> asked = new CopyOnWriteArrayList<>();
    private volatile Optional<Status> refusal = Optional.empty();

    @Override
    public void takeStock(TakeStockRequest request, StreamObserver<TakeStockResponse> answer) {
      asked.add(request);
      if (refusal.isPresent()) {
        answer.onError(refusal.get().asRuntimeException());
        return;
      }
      int units = request.getAmountsList().stream().mapToInt(a -> a.getQuantity()).sum();
      answer.onNext(TakeStockResponse.newBuilder().setTotalCents(1290L * units).build());
      answer.onCompleted();
    }
  }
}
