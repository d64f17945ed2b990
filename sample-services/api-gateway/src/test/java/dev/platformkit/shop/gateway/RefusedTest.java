package dev.platformkit.shop.gateway;

import static dev.platformkit.shop.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.platformkit.kit.contract.Refusal;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service answers instead of a result, as HTTP says it. */
class RefusedTest {
  private final FakeShop shop = new FakeShop();
  private GatewayFixture gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = GatewayFixture.start().with("product", shop.products()).ready();
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400",
    "OUT_OF_RANGE, 400",
    "UNAUTHENTICATED, 401",
    "PERMISSION_DENIED, 403",
    "NOT_FOUND, 404",
    "ALREADY_EXISTS, 409",
    "FAILED_PRECONDITION, 409",
    "ABORTED, 409",
    "RESOURCE_EXHAUSTED, 429",
    "INTERNAL, 500",
    "UNKNOWN, 500",
    "DATA_LOSS, 500",
    "UNIMPLEMENTED, 501",
    "UNAVAILABLE, 503",
    "DEADLINE_EXCEEDED, 504"
  })
  void everyCodeHasAStatusAndWhatFailedInsideStaysInside(Code code, int http) throws Exception {
    HttpResponse<String> answer =
        refused(code.toStatus().withDescription("told by 10.0.0.7").asRuntimeException());

    assertThat(answer.statusCode()).isEqualTo(http);
    assertThat(answer.body().contains("told by 10.0.0.7")).isEqualTo(http < 500);
  }

  @Test
  void aRefusalComesWithItsReasonItsFieldsAndTheNameOfTheRequest() throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("product.name", "is too long");
    fields.put("product.stock", "is negative");

    HttpResponse<String> answer = refused(Refusal.invalid(fields).asException());

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = json(answer);
    assertThat(problem.remove("request_id").getAsString())
        .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
    assertThat(problem)
        .isEqualTo(
            json(
                """
                {'type':'about:blank','title':'Bad Request','status':400,
                 'detail':'product.name is too long; product.stock is negative',
                 'reason':'INVALID',
                 'errors':[{'field':'product.name','problem':'is too long'},
                           {'field':'product.stock','problem':'is negative'}]}"""));
  }

  @Test
  void aServiceMaySayWhichStatusItWouldHave() throws Exception {
    HttpResponse<String> answer =
        refused(
            Refusal.because(Code.FAILED_PRECONDITION, "LOCKED_OUT", "later")
                .http(423)
                .retryAfter(Duration.ofMillis(12_001))
                .asException());

    assertThat(answer.statusCode()).isEqualTo(423);
    assertThat(answer.headers().firstValue("Retry-After")).contains("13");
    assertThat(json(answer).get("reason").getAsString()).isEqualTo("LOCKED_OUT");
  }

  @Test
  void aStatusThatWouldBeASuccessIsNotBelieved() throws Exception {
    HttpResponse<String> answer =
        refused(Refusal.because(Code.NOT_FOUND, "ODD", "odd").http(200).asException());

    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void whoIsTooFastIsToldWhenToComeBackAndNeverAtOnce() throws Exception {
    HttpResponse<String> answer =
        refused(
            Refusal.because(Code.RESOURCE_EXHAUSTED, "TOO_FAST", "slower, please")
                .retryAfter(Duration.ZERO)
                .asException());

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void thatTheGatewayIsNotLetInIsNoFaultOfTheCaller() throws Exception {
    HttpResponse<String> answer =
        refused(Refusal.because(Code.UNAUTHENTICATED, "NOT_A_SERVICE", "go away").asException());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("NOT_A_SERVICE", "go away");
  }

  @Test
  void whereNoReasonIsGivenNoneIsMadeUp() throws Exception {
    HttpResponse<String> answer = refused(Status.NOT_FOUND.asRuntimeException());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).has("reason")).isFalse();
  }

  private HttpResponse<String> refused(StatusRuntimeException refusal) throws Exception {
    shop.instead = Optional.of(refusal);
    return gateway.get("/v1/products/p-1");
  }
}
