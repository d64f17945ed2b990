package dev.platformkit.shop.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.http.Route;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void thereIsSomethingToAskWhenNobodyIsThere() {
    Gateway gateway =
        new Gateway(
            new Backends(
                service -> {
                  throw new AssertionError(service + " is asked");
                },
                good -> {},
                Duration.ofSeconds(1)),
            new CollectorRegistry());

    gateway.learn(Rehearsal.known());

    assertThat(gateway.routes().now())
        .extracting(Route::template)
        .contains("/", "/openapi.json", "/v1/products", "/v1/sessions");
  }
}
