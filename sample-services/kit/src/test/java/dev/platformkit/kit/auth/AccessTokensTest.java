package dev.platformkit.kit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
  private final Issuer issuer = new Issuer();
  private final SetClock clock = new SetClock();
  private final AccessTokens tokens = new AccessTokens(issuer, clock);
  private final Instant soon = clock.now.plus(Duration.ofMinutes(10));

  @Test
  void aTokenSaysWhoseItIs() {
    assertThat(tokens.check(issuer.token("customer", soon)))
        .isEqualTo(new Caller.User("u-1", "ada", false));
    assertThat(tokens.check(issuer.token("admin", soon)).admin()).isTrue();
  }

  @Test
  void aTokenIsGoodUntilItExpiresAlsoWhenItIsRemembered() {
    String token = issuer.token("customer", soon);
    assertThat(tokens.check(token).id()).isEqualTo("u-1");

    clock.now = soon.plusSeconds(29);
    assertThat(tokens.check(token).id()).isEqualTo("u-1");

    clock.now = soon.plusSeconds(31);
    assertThatThrownBy(() -> tokens.check(token)).hasMessageContaining("has expired");
    assertThatThrownBy(() -> tokens.check(token)).hasMessageContaining("has expired");
  }

  @Test
  void aTokenIsCheckedOnce() {
    AtomicInteger asked = new AtomicInteger();
    AccessTokens counting =
        new AccessTokens(
            id -> {
              asked.incrementAndGet();
              return issuer.find(id);
            },
            clock);
    String token = issuer.token("customer", soon);

    counting.check(token);
    counting.check(token);

    assertThat(asked).hasValue(1);
  }

  @Test
  void whatSomebodyElseHasSignedIsNoGood() {
    assertNoGood(new Issuer().token("admin", soon), "its key is not known");
  }

  @Test
  void whatWasChangedAfterItWasSignedIsNoGood() {
    List<String> customer = Splitter.on('.').splitToList(issuer.token("customer", soon));
    List<String> admin = Splitter.on('.').splitToList(issuer.token("admin", soon));

    assertNoGood(
        String.join(".", customer.get(0), admin.get(1), customer.get(2)),
        "its signature is not right");
  }

  @Test
  void otherAlgorithmsAreNoGood() throws JOSEException {
    assertNoGood(new PlainJWT(Issuer.claims("admin", soon).build()).serialize(), "be read");
    SignedJWT mac =
        new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), Issuer.claims("admin", soon).build());
    mac.sign(new MACSigner(issuer.published().toByteArray()));
    assertNoGood(mac.serialize(), "its algorithm is not ES256");
  }

  @Test
  void whatIsNotTheShopsOrMakesNoSenseIsNoGood() {
    assertNoGood("not.a.token", "it cannot be read");
    assertNoGood(issuer.token(Issuer.claims("admin", soon).issuer("x").build()), "the shop's");
    assertNoGood(issuer.token(Issuer.claims("admin", soon).subject(null).build()), "the shop's");
    assertNoGood(
        issuer.token(Issuer.claims("admin", soon).expirationTime(null).build()), "its times");
  }

  private void assertNoGood(String token, String why) {
    assertThatThrownBy(() -> tokens.check(token))
        .hasMessageStartingWith("UNAUTHENTICATED: the access token is no good")
        .hasMessageContaining(why)
        .hasMessageNotContaining(token);
  }

  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
