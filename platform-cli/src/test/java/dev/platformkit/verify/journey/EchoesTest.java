package dev.platformkit.verify.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EchoesTest {
  private final Journey shopping =
      JourneyReader.parse(
          """
          name: shopping
          target: gateway
          steps:
            - { name: browse, get: /v1/products, expect: { status: 200 } }
            - { name: add, post: /v1/cart/items, json: {}, expect: { status: 201 } }
            - { name: view, get: /v1/cart, expect: { status: 200 } }
          proof:
            trace:
              - { step: browse, calls: [gateway>product] }
              - { step: add, calls: [gateway>audit] }
              - { step: view, calls: [gateway>cart, cart>product] }
          """,
          "shopping.yaml");
  private final Journey greeting =
      JourneyReader.parse(
          """
          name: greeting
          target: gateway
          steps:
            - { name: greet, get: /v1/greetings, expect: { status: 200 } }
          proof:
            trace: { step: greet, calls: [gateway>greeter] }
          """,
          "greeting.yaml");

  @Test
  void asFewStepsAsReachEveryServiceAreSentManyTimes() {
    assertThat(Echoes.of(List.of(shopping, greeting)))
        .isEqualTo(Map.of(shopping, Set.of("view"), greeting, Set.of("greet")));
  }

  @Test
  void aStepThatChangesSomethingIsNot() {
    Journey writing =
        JourneyReader.parse(
            """
            name: writing
            target: gateway
            steps:
              - { name: add, post: /v1/cart/items, json: {}, expect: { status: 201 } }
            proof:
              trace: { step: add, calls: [gateway>cart] }
            """,
            "writing.yaml");

    assertThat(Echoes.of(List.of(writing))).isEmpty();
  }
}
