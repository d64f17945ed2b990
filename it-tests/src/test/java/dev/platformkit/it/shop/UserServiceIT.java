package dev.platformkit.it.shop;

import static dev.platformkit.it.shop.Who.ADMIN;
import static dev.platformkit.it.shop.Who.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who shops here, as the image of user has it. */
class UserServiceIT extends StoringServiceContract {
  private static final Refused WRONG_CREDENTIALS =
      Refused.with(Code.UNAUTHENTICATED, "WRONG_CREDENTIALS");
  private static final Refused SESSION_ENDED = Refused.with(Code.UNAUTHENTICATED, "SESSION_ENDED");
  private static final Refused WRONG_ROLE = Refused.with(Code.PERMISSION_DENIED, "WRONG_ROLE");

  @Override
  String service() {
    return "user";
  }

  @Override
  Map<String, Access> methods() {
    return Map.ofEntries(
        Map.entry("Register", Access.ANYONE),
        Map.entry("LogIn", Access.ANYONE),
        Map.entry("Refresh", Access.ANYONE),
        Map.entry("LogOut", Access.ANYONE),
        Map.entry("GetKeys", Access.ANYONE),
        Map.entry("GetProfile", Access.SIGNED_IN),
        Map.entry("UpdateProfile", Access.SIGNED_IN),
        Map.entry("ChangePassword", Access.SIGNED_IN),
        Map.entry("ListUsers", Access.ADMINS),
        Map.entry("SetRole", Access.ADMINS),
        Map.entry("RotateKeys", Access.ADMINS));
  }

  @BeforeAll
  void somebodyIsThere(Shop shop) {
    shop.call("user", NOBODY, "Register", "{'name':'Taken','password':'%s'}", Shop.PASSWORD);
  }

  @Override
  Stream<BadInput> badInput(Shop shop) {
    return Table.ofEverybody()
        .with("customer", shop.customer().id())
        .with("password", Shop.PASSWORD)
        .calls("user");
  }

  Stream<BadRequest> badRequests(Shop shop) {
    return Table.ofEverybody().with("customer", shop.customer().id()).requests("user");
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void isRefusedOverHttpAsWell(BadRequest bad, Shop shop) {
    bad.isRefused(shop);
  }

  @Test
  void keepsWhoRegistersAndOfTheirSecretsOnlyHashes(Shop shop) {
    String name = "Zoë." + UUID.randomUUID();
    JsonNode user =
        shop.call("user", NOBODY, "Register", "{'name':'%s','password':'%s'}", name, Shop.PASSWORD);
    Shopper shopper = shop.logIn(name.toUpperCase(Locale.ROOT), Shop.PASSWORD);

    assertThat(user.path("name").asText()).isEqualTo(name);
    assertThat(user.path("role").asText()).isEqualTo("ROLE_CUSTOMER");
    assertThat(shopper.id()).isEqualTo(user.path("id").asText());
    assertThat(
            shop.rows().texts("user", "SELECT name FROM account WHERE id = ?::uuid", shopper.id()))
        .containsExactly(name);
    assertThat(
            shop.rows()
                .texts(
                    "user", "SELECT password_hash FROM account WHERE id = ?::uuid", shopper.id()))
        .singleElement()
        .asString()
        .startsWith("$2b$");
    assertThat(shop.rows().all().rows().toString())
        .doesNotContain(Shop.PASSWORD, shopper.refresh(), shopper.token());
  }

  @Test
  void changesAProfileInNothingButWhatIsGiven(Shop shop) {
    Shopper shopper = shop.newShopper();

    JsonNode changed =
        shop.call("user", shopper, "UpdateProfile", "{'display_name':' Zoë from next door '}");

    assertThat(changed.path("display_name").asText()).isEqualTo("Zoë from next door");
    assertThat(shop.call("user", shopper, "UpdateProfile", "{}")).isEqualTo(changed);
    assertThat(shop.call("user", shopper, "GetProfile", "{}")).isEqualTo(changed);
    assertThat(
            shop.rows()
                .texts("user", "SELECT display_name FROM account WHERE id = ?::uuid", shopper.id()))
        .containsExactly("Zoë from next door");
  }

  @Test
  void endsAllSessionsWithTheOldPassword(Shop shop) {
    Shopper shopper = shop.newShopper();
    Shopper elsewhere = shop.logIn(shopper.name(), Shop.PASSWORD);

    shop.call(
        "user",
        shopper,
        "ChangePassword",
        "{'old_password':'%s','new_password':'%s'}",
        Shop.PASSWORD,
        "another password");

    assertThat(refreshed(shop, shopper.refresh())).hasValue(SESSION_ENDED);
    assertThat(refreshed(shop, elsewhere.refresh())).hasValue(SESSION_ENDED);
    assertThat(
            shop.refusal(
                "user",
                NOBODY,
                "LogIn",
                "{'name':'%s','password':'%s'}",
                shopper.name(),
                Shop.PASSWORD))
        .isEqualTo(WRONG_CREDENTIALS);
    assertThat(shop.logIn(shopper.name(), "another password").id()).isEqualTo(shopper.id());
  }

  @Test
  void listsEveryUserOnceHoweverManyAreOnAPage(Shop shop) {
    shop.newShopper();
    shop.newShopper();
    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          shop.call("user", ADMIN, "ListUsers", "{'page_size':2,'page_token':'%s'}", token);
      assertThat(page.path("users")).hasSizeLessThanOrEqualTo(2);
      listed.addAll(page.path("users").findValuesAsText("id"));
      token = page.path("next_page_token").asText();
    } while (!token.isEmpty());

    assertThat(listed)
        .containsExactlyElementsOf(shop.rows().texts("user", "SELECT id FROM account ORDER BY id"));
  }

  @Test
  void locksOutWhoFailsTooOften(Shop shop) {
    Shopper shopper = shop.newShopper();
    String wrong = Json.of("{'name':'%s','password':'wrong'}", shopper.name());
    String right = Json.of("{'name':'%s','password':'%s'}", shopper.name(), Shop.PASSWORD);
    double before = shop.metric("user", "user_lockouts_total{service=\"user\"}");

    for (int i = 0; i < 5; i++) {
      Reply reply = shop.http("POST", "/v1/sessions", NOBODY, wrong);
      assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
      assertThat(reply.text("reason")).isEqualTo("WRONG_CREDENTIALS");
    }
    Reply locked = shop.http("POST", "/v1/sessions", NOBODY, right);

    assertThat(locked.status()).as(locked.toString()).isEqualTo(423);
    assertThat(locked.text("reason")).isEqualTo("LOCKED_OUT");
    assertThat(locked.header("Retry-After").map(Integer::valueOf).orElseThrow()).isBetween(30, 60);
    Refused refused = shop.refusal("user", NOBODY, "LogIn", right);
    assertThat(refused).isEqualTo(Refused.with(Code.FAILED_PRECONDITION, "LOCKED_OUT"));
    assertThat(refused.retryAfter().orElseThrow())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(shop.metric("user", "user_lockouts_total{service=\"user\"}")).isEqualTo(before + 1);
    // Who is signed in stays so, and so does everybody else.
    assertThat(shop.call("user", shopper, "GetProfile", "{}").path("id").asText())
        .isEqualTo(shopper.id());
    assertThat(refreshed(shop, shopper.refresh())).isEmpty();
    shop.newShopper();
  }

  @Test
  void letsInWhoWasLockedOutWhenTheTimeIsOver(Shop shop) {
    Shopper shopper = shop.newShopper();
    String wrong = Json.of("{'name':'%s','password':'wrong'}", shopper.name());
    for (int i = 0; i < 5; i++) {
      assertThat(shop.refusal("user", NOBODY, "LogIn", wrong)).isEqualTo(WRONG_CREDENTIALS);
    }
    assertThat(shop.refusal("user", NOBODY, "LogIn", wrong).reason()).isEqualTo("LOCKED_OUT");

    shop.rows()
        .change(
            "user",
            "UPDATE log_in_attempt SET locked_until = now() WHERE name = '%s'"
                .formatted(shopper.name()));

    assertThat(shop.logIn(shopper.name(), Shop.PASSWORD).id()).isEqualTo(shopper.id());
    assertThat(
            shop.rows()
                .texts("user", "SELECT name FROM log_in_attempt WHERE name = ?", shopper.name()))
        .isEmpty();
  }

  @Test
  void endsASessionWhoseRefreshTokenIsUsedTwice(Shop shop) {
    Shopper shopper = shop.newShopper();
    Shopper elsewhere = shop.logIn(shopper.name(), Shop.PASSWORD);
    JsonNode next =
        shop.call("user", NOBODY, "Refresh", "{'refresh_token':'%s'}", shopper.refresh());

    assertThat(refreshed(shop, shopper.refresh())).hasValue(SESSION_ENDED);

    assertThat(refreshed(shop, next.path("refresh_token").asText())).hasValue(SESSION_ENDED);
    assertThat(refreshed(shop, elsewhere.refresh())).isEmpty();
  }

  @Test
  void refreshesNothingAfterALogOut(Shop shop) {
    Shopper shopper = shop.newShopper();
    Shopper elsewhere = shop.logIn(shopper.name(), Shop.PASSWORD);

    Reply out =
        shop.http(
            "POST", "/v1/sessions/log-out", NOBODY, "{'refresh_token':'%s'}", shopper.refresh());

    assertThat(out.status()).as(out.toString()).isEqualTo(200);
    assertThat(refreshed(shop, shopper.refresh())).hasValue(SESSION_ENDED);
    assertThat(refreshed(shop, elsewhere.refresh())).isEmpty();
    // Who is out already stays so.
    shop.call("user", NOBODY, "LogOut", "{'refresh_token':'%s'}", shopper.refresh());
  }

  @Test
  void logsNobodyOutByANewKey(Shop shop) {
    Shopper before = shop.newShopper();
    List<String> known =
        shop.call("user", NOBODY, "GetKeys", "{}").path("keys").findValuesAsText("kid");

    String made = shop.call("user", ADMIN, "RotateKeys", "{}").path("key_id").asText();
    Shopper after = shop.newShopper();

    assertThat(known).contains(keyOf(before.token())).doesNotContain(made);
    assertThat(keyOf(after.token())).isEqualTo(made);
    Reply published = shop.http("GET", "/.well-known/jwks.json", NOBODY, "");
    assertThat(published.json().path("keys").findValuesAsText("kid"))
        .containsAll(known)
        .contains(made);
    assertThat(published.json().path("keys").findValues("d")).as("private parts").isEmpty();
    for (Shopper shopper : List.of(before, after)) {
      assertThat(shop.http("GET", "/v1/users/me", shopper, "").status()).isEqualTo(200);
      assertThat(shop.http("GET", "/v1/cart", shopper, "").status()).isEqualTo(200);
      shop.call("cart", shopper, "GetCart", "{}");
      shop.call("order", shopper, "ListOrders", "{}");
    }
  }

  @Test
  void takesNoTokenWhoseTimeIsOver(Shop shop) {
    Shopper shopper = shop.newShopper();
    JsonNode key =
        Json.read(
            shop.rows().texts("user", "SELECT jwk FROM signing_key ORDER BY created DESC").get(0));
    Instant now = Instant.now();
    String good = AccessToken.signed(key, shopper.id(), now.minusSeconds(600), now.plusSeconds(60));
    String old = AccessToken.signed(key, shopper.id(), now.minusSeconds(900), now.minusSeconds(60));

    assertThat(shop.web().get("/v1/users/me", Optional.of(good)).text("id"))
        .isEqualTo(shopper.id());
    Reply refused = shop.web().get("/v1/users/me", Optional.of(old));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
    assertThat(refused.text("reason")).isEqualTo("TOKEN_EXPIRED");
    assertThat(refused.header("WWW-Authenticate")).hasValue("Bearer");
    String service = ServiceToken.signed(shop.secret("service-key"), "user");
    assertThat(
            shop.service("user")
                .refusal(Shop.headers(service, Optional.of(old)), "GetProfile", "{}"))
        .isEqualTo(Refused.with(Code.UNAUTHENTICATED, "TOKEN_EXPIRED"));
  }

  @Test
  void givesARoleThatShowsInTheTokensFromThenOn(Shop shop) {
    Shopper shopper = shop.newShopper();

    JsonNode promoted =
        shop.call("user", ADMIN, "SetRole", "{'user_id':'%s','role':'ROLE_ADMIN'}", shopper.id());

    assertThat(promoted.path("role").asText()).isEqualTo("ROLE_ADMIN");
    assertThat(
            shop.rows().texts("user", "SELECT role FROM account WHERE id = ?::uuid", shopper.id()))
        .containsExactly("admin");
    assertThat(shop.refusal("user", shopper, "ListUsers", "{}")).isEqualTo(WRONG_ROLE);
    Shopper again = shop.logIn(shopper.name(), Shop.PASSWORD);
    shop.call("user", again, "ListUsers", "{}");

    shop.call("user", ADMIN, "SetRole", "{'user_id':'%s','role':'ROLE_CUSTOMER'}", shopper.id());
    Shopper last = shop.logIn(shopper.name(), Shop.PASSWORD);
    assertThat(shop.refusal("user", last, "ListUsers", "{}")).isEqualTo(WRONG_ROLE);
  }

  @Test
  void writesNothingSecretIntoAnyLog(Shop shop) {
    String password = "secret-" + UUID.randomUUID();
    String wrong = "wrong-" + UUID.randomUUID();
    String name = "discreet-" + UUID.randomUUID();
    shop.http("POST", "/v1/users", NOBODY, "{'name':'%s','password':'%s'}", name, password);
    // Refused, each for another reason.
    shop.http("POST", "/v1/users", NOBODY, "{'name':'a b','password':'%s'}", wrong);
    shop.http("POST", "/v1/users", NOBODY, "{'name':'%s','password':['%s']}", name, wrong);
    shop.http("POST", "/v1/sessions", NOBODY, "{'name':'%s','password':'%s'}", name, wrong);
    shop.http("POST", "/v1/sessions/refresh", NOBODY, "{'refresh_token':'%s'}", wrong);
    Reply session =
        shop.http("POST", "/v1/sessions", NOBODY, "{'name':'%s','password':'%s'}", name, password);
    Optional<String> token = Optional.of(session.text("token"));
    shop.web().get("/v1/cart", token);
    shop.web().get("/v1/orders", token);
    Reply last =
        shop.web()
            .send(
                "POST",
                "/v1/sessions/refresh",
                Optional.empty(),
                Json.of("{'refresh_token':'%s'}", session.text("refresh_token")));
    assertThat(last.status()).as(last.toString()).isEqualTo(200);

    String trace = last.header("traceparent").orElseThrow().split("-", 3)[1];
    for (String service : List.of("api-gateway", "user")) {
      await()
          .untilAsserted(
              () ->
                  assertThat(shop.platform().lines(service))
                      .as("lines of " + service)
                      .anyMatch(line -> line.contains(trace)));
    }
    List<String> secrets =
        new ArrayList<>(
            List.of(password, wrong, session.text("token"), session.text("refresh_token")));
    secrets.addAll(shop.secrets().values());
    shop.platform()
        .lines()
        .forEach(
            (service, lines) ->
                assertThat(lines)
                    .as("lines of " + service)
                    .noneMatch(line -> secrets.stream().anyMatch(line::contains)));
  }

  /** How a refresh token is refused, if it is. */
  private static Optional<Refused> refreshed(Shop shop, String token) {
    String request = Json.of("{'refresh_token':'%s'}", token);
    try {
      shop.call("user", NOBODY, "Refresh", request);
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of(Refused.of(e));
    }
  }

  /** The id of the key that signed a token. */
  private static String keyOf(String token) {
    String header =
        new String(Base64.getUrlDecoder().decode(token.split("\\.", 2)[0]), StandardCharsets.UTF_8);
    return Json.read(header).path("kid").asText();
  }
}
