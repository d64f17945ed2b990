package dev.platformkit.shop.gateway;

import static dev.platformkit.shop.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of path, query and body, as a service that sends all back can see it. */
class QuestionTest {
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = GatewayFixture.start().with("stranger", Stranger.service()).ready();
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void whatIsNotInThePathIsInTheQuery() throws Exception {
    JsonObject thing =
        json(
            gateway.get(
                "/v1/echo/ann?text=a%20b&tags=x&tags=y&kind=KIND_OTHER&deep=true&raw=_-8"
                    + "&big=18446744073709551615&ratio=0.5&inner.limit=-3&numbers=1&numbers=2"));

    assertThat(thing)
        .isEqualTo(
            json(
                """
                {'text':'a b','tags':['x','y'],'kind':'KIND_OTHER','deep':true,'raw':'/+8=',
                 'big':'18446744073709551615','ratio':0.5,'inner':{'owner':'ann','limit':-3},
                 'numbers':[1,2]}"""));
  }

  @Test
  void aFieldThatIsTheBodyTakesItsNamesFromThePathToo() throws Exception {
    HttpResponse<String> answer =
        gateway.send("PATCH", "/v1/echo/ann?text=t&deep=true", "{\"limit\":3}");

    assertThat(json(answer).getAsJsonObject("inner")).isEqualTo(json("{'owner':'ann','limit':3}"));
    assertThat(json(answer).get("text").getAsString()).isEqualTo("t");
  }

  @Test
  void theWholeBodyIsTheMessageButForThePath() throws Exception {
    HttpResponse<String> made =
        gateway.post("/v1/echo", "{\"text\":\"t\",\"at\":\"2026-01-02T03:04:05Z\"}");
    HttpResponse<String> put = gateway.send("PUT", "/v1/echo/named", "{\"deep\":true}");
    HttpResponse<String> empty = gateway.post("/v1/echo", "");

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(json(made).get("at").getAsString()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(json(put).get("text").getAsString()).isEqualTo("named");
    assertThat(empty.statusCode()).isEqualTo(201);
  }

  @Test
  void pathAndBodyMayAgreeButNotDisagree() throws Exception {
    HttpResponse<String> same = gateway.send("PUT", "/v1/echo/a", "{\"text\":\"a\"}");
    HttpResponse<String> other = gateway.send("PUT", "/v1/echo/a", "{\"text\":\"b\"}");

    assertThat(same.statusCode()).isEqualTo(201);
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(fieldsOf(other)).containsExactly("text");
  }

  @ParameterizedTest
  @CsvSource({
    "made_up=1, made_up",
    "inner=1, inner",
    "inner.owner=bob, inner.owner",
    "inner.made_up=1, inner.made_up",
    "inner.limit=x, inner.limit",
    "inner.limit=2147483648, inner.limit",
    "kind=KIND_MADE_UP, kind",
    "deep=yes, deep",
    "raw=%25, raw",
    "big=-1, big",
    "numbers=1&numbers=x, numbers",
    "text=a&text=b, text",
    "at=2026-01-02T03:04:05Z, at",
    "Text=a, Text",
    "text.x=a, text.x"
  })
  void whatTheQueryCannotSayIsRefused(String query, String field) throws Exception {
    HttpResponse<String> answer = gateway.get("/v1/echo/ann?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("reason").getAsString()).isEqualTo("INVALID");
    assertThat(fieldsOf(answer)).containsExactly(field);
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws Exception {
    HttpResponse<String> answer = gateway.get("/v1/echo/ann?made_up=1&deep=yes&inner.limit=x");

    assertThat(fieldsOf(answer)).containsExactlyInAnyOrder("made_up", "deep", "inner.limit");
  }

  @Test
  void whereTheBodyIsAllThereIsNothingLeftForTheQuery() throws Exception {
    HttpResponse<String> answer = gateway.post("/v1/echo?text=a", "{}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(fieldsOf(answer)).containsExactly("text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "1", "null", "{text: \"x\"}", "{\"a\":1}{}"})
  void aBodyThatIsNotTheMessageIsRefused(String body) throws Exception {
    HttpResponse<String> answer = gateway.post("/v1/echo", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).get("detail").getAsString()).contains("the body is not the JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'made_up':1}                  | made_up",
        "{'text':5}                     | text",
        "{'text':true}                  | text",
        "{'text':['a']}                 | text",
        "{'text':{}}                    | text",
        "{'tags':'a'}                   | tags",
        "{'tags':['a',5]}               | tags[1]",
        "{'tags':[null]}                | tags[0]",
        "{'kind':'KIND_MADE_UP'}        | kind",
        "{'kind':true}                  | kind",
        "{'deep':'yes'}                 | deep",
        "{'deep':'true'}                | deep",
        "{'deep':1}                     | deep",
        "{'raw':'%'}                    | raw",
        "{'big':-1}                     | big",
        "{'big':1.5}                    | big",
        "{'ratio':'much'}               | ratio",
        "{'inner':'a'}                  | inner",
        "{'inner':[]}                   | inner",
        "{'inner':{'limit':'x'}}        | inner.limit",
        "{'inner':{'self':{'owner':1}}} | inner.self.owner",
        "{'at':'yesterday'}             | at",
        "{'numbers':[1,2147483648]}     | numbers[1]"
      })
  void whatDoesNotFitItsFieldIsRefused(String body, String field) throws Exception {
    HttpResponse<String> answer = gateway.post("/v1/echo", body.replace('\'', '"'));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).get("reason").getAsString()).isEqualTo("INVALID");
    assertThat(fieldsOf(answer)).containsExactly(field);
  }

  @Test
  void allThatDoesNotFitIsToldAtOnceAndByItsWholePath() throws Exception {
    HttpResponse<String> whole =
        gateway.post("/v1/echo", "{\"text\":5,\"deep\":1,\"inner\":{\"limit\":\"s3cret\"}}");
    HttpResponse<String> part =
        gateway.send("PATCH", "/v1/echo/ann?deep=yes", "{\"limit\":\"s3cret\"}");

    assertThat(fieldsOf(whole)).containsExactly("text", "deep", "inner.limit");
    assertThat(fieldsOf(part)).containsExactly("inner.limit", "deep");
    assertThat(whole.body() + part.body()).doesNotContain("s3cret");
  }

  @Test
  void whatFitsIsWrittenInAnyWayThatProtobufHasForIt() throws Exception {
    HttpResponse<String> answer =
        gateway.post(
            "/v1/echo",
            """
            {"big": "7", "ratio": "0.5", "kind": 1, "numbers": ["1", 2.0], "text": null,
             "inner": {"limit": 3}, "at": "2026-01-02T03:04:05Z"}""");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(json(answer).getAsJsonArray("numbers").toString()).isEqualTo("[1,2]");
    assertThat(json(answer).get("kind").getAsString()).isEqualTo("KIND_OTHER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/json; charset=utf-16",
        "json",
        "*/*"
      })
  void aBodyThatSaysToBeSomethingElseIsRefused(String type) throws Exception {
    HttpResponse<String> answer = gateway.post("/v1/echo", "{}", "Content-Type", type);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("Accept")).hasValue("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "Application/JSON;charset=\"UTF-8\"", "application/ld+json"})
  void aBodyMaySayToBeJson(String type) throws Exception {
    assertThat(gateway.post("/v1/echo", "{}", "Content-Type", type).statusCode()).isEqualTo(201);
  }

  @Test
  void aBodyThatIsTooDeepIsRefused() throws Exception {
    String deep = "{\"inner\":" + "{\"self\":".repeat(2000) + "{}" + "}".repeat(2001);

    assertThat(gateway.post("/v1/echo", deep).statusCode()).isEqualTo(400);
  }

  private static List<String> fieldsOf(HttpResponse<String> answer) {
    return json(answer).getAsJsonArray("errors").asList().stream()
        .map(error -> error.getAsJsonObject().get("field").getAsString())
        .toList();
  }
}
