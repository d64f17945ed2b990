package dev.platformkit.it.shop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What the gateway must not take, and the problem (RFC 9457) that it makes of it. */
record BadRequest(
    String what,
    String verb,
    String path,
    Asker who,
    String body,
    int status,
    String reason,
    List<String> fields) {
  BadRequest {
    requireNonNull(what, "what is null");
    requireNonNull(verb, "verb is null");
    requireNonNull(path, "path is null");
    requireNonNull(who, "who is null");
    requireNonNull(body, "body is null");
    requireNonNull(reason, "reason is null");
    fields = List.copyOf(fields);
  }

  void isRefused(Shop shop) {
    var token = who.token(shop);
    shop.expectNothingWritten(() -> expectProblem(shop.web().send(verb, path, token, body)));
  }

  private void expectProblem(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    assertThat(reply.text("detail")).as(reply.toString()).isNotBlank();
    assertThat(reply.header("X-Request-Id")).hasValue(reply.text("request_id"));
    assertThat(reply.text("reason")).as(reply.toString()).isEqualTo(reason);
    assertThat(reply.fields()).as(reply.toString()).containsExactlyElementsOf(fields);
  }

  @Override
  public String toString() {
    return verb + " " + path + ": " + what + " -> " + status + " " + reason + " " + fields;
  }
}
