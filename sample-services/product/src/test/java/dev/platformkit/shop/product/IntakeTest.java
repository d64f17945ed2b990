package dev.platformkit.shop.product;

import static dev.platformkit.shop.product.CatalogueInMemory.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.product.v1.ImportProductsRequest;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final CatalogueInMemory catalogue = new CatalogueInMemory();
  private final List<ImportProductsResponse> answers = new ArrayList<>();
  private final Intake intake = new Intake(catalogue, new Answers());

  @Test
  void nothingIsWrittenBeforeTheEnd() {
    send(product("p-6"));
    assertThat(catalogue.all).doesNotContainKey("p-6");

    intake.onCompleted();

    assertThat(catalogue.all).containsKey("p-6");
    assertThat(answers).hasSize(1);
  }

  @Test
  void nothingIsWrittenWhenTheSenderGoesAway() {
    send(product("p-6"));
    intake.onError(new IllegalStateException("gone"));

    assertThat(catalogue.all).doesNotContainKey("p-6");
    assertThat(answers).isEmpty();
  }

  @Test
  void noMoreThanTenThousandAreTakenAtATime() {
    for (int i = 0; i < 10_000; i++) {
      send(product("q-" + i));
    }

    assertThatThrownBy(() -> send(product("q-10000")))
        .hasMessage("INVALID_ARGUMENT: at most 10000 products and 8 MiB at a time");
  }

  @Test
  void noMoreThanFitIntoMemoryAreTakenAtATime() {
    Product large = product("q").toBuilder().setDescription("x".repeat(2000)).build();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 5_000; i++) {
                send(large);
              }
            })
        .hasMessageContaining("8 MiB at a time");
  }

  private void send(Product product) {
    intake.onNext(ImportProductsRequest.newBuilder().setProduct(product).build());
  }

  private final class Answers implements StreamObserver<ImportProductsResponse> {
    @Override
    public void onNext(ImportProductsResponse answer) {
      answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
