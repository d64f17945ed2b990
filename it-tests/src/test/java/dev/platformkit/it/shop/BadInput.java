package dev.platformkit.it.shop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a service must not take, and how its contract says so.
 *
 * @param requests in JSON; several where the method takes a stream
 * @param counted the tables in which it may leave traces all the same
 */
record BadInput(
    String what,
    Asker who,
    String method,
    List<String> requests,
    Refused refused,
    List<String> counted) {
  BadInput {
    requireNonNull(what, "what is null");
    requireNonNull(who, "who is null");
    requireNonNull(method, "method is null");
    requests = List.copyOf(requests);
    requireNonNull(refused, "refused is null");
    counted = List.copyOf(counted);
  }

  static BadInput of(String what, Asker who, String method, Refused refused, String... requests) {
    return new BadInput(
        what, who, method, Stream.of(requests).map(Json::of).toList(), refused, List.of());
  }

  /** The same, which is counted in a table. */
  BadInput countedIn(String table) {
    return new BadInput(what, who, method, requests, refused, List.of(table));
  }

  /** Tries it, past the gateway: the service itself has to notice. */
  void isRefused(Shop shop, String service) {
    var headers = shop.headers(service, who);
    shop.expectNothingWritten(
        () ->
            assertThat(
                    shop.service(service).refusal(headers, method, requests.toArray(String[]::new)))
                .isEqualTo(refused),
        counted.toArray(String[]::new));
  }

  @Override
  public String toString() {
    return method + ": " + what + " -> " + refused;
  }
}
