package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {
  private final FakeServer fake =
      new FakeServer().on("GET /a", "{}").on("POST /logs/_search", "{}");

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void itsHeadersGoAlongWithEveryCall() {
    HttpServer server =
        with(Access.plain().header("Authorization", "Bearer t").header("X-Scope-OrgID", "team-a"));

    server.sendGood(HttpCall.get("/a"));

    assertThat(fake.asked().get(0).headers())
        .containsEntry("Authorization", "Bearer t")
        .containsEntry("X-Scope-OrgID", "team-a");
  }

  @Test
  void aCallsOwnHeaderGoesBeforeIt() {
    HttpServer server = with(Access.plain().header("Authorization", "Bearer t"));

    server.sendGood(HttpCall.get("/a").header("Authorization", "Bearer of a user"));

    assertThat(fake.asked().get(0).headers()).containsEntry("Authorization", "Bearer of a user");
  }

  @Test
  void whoOnlyReadsMayAskAndSearch() {
    HttpServer server = with(Access.plain().readOnly());

    server.sendGood(HttpCall.get("/a"));
    server.sendGood(HttpCall.of("POST", "/logs/_search").body("application/json", "{}"));

    assertThat(fake.calls()).containsExactly("GET /a", "POST /logs/_search");
  }

  @Test
  void whoOnlyReadsNeverWrites() {
    HttpServer server = with(Access.plain().header("Authorization", "Bearer s3cret").readOnly());

    for (HttpCall call :
        new HttpCall[] {
          HttpCall.of("POST", "/v1/traces"),
          HttpCall.of("PUT", "/v1/kv/a"),
          HttpCall.of("DELETE", "/metrics/job/a"),
          HttpCall.of("PUT", "/logs/_search")
        }) {
      assertThatThrownBy(() -> server.send(call))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(call.method() + " http://")
          .hasMessageNotContaining("s3cret");
    }
    assertThat(fake.asked()).isEmpty();
  }

  private HttpServer with(Access access) {
    return HttpServer.at(
        access.on(HttpServer.client()), "x", "http://127.0.0.1:" + fake.port() + "/");
  }
}
