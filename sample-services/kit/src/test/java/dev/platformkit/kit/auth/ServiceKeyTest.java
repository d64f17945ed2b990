package dev.platformkit.kit.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceKeyTest {
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final byte[] OTHER_KEY = "fedcba9876543210fedcba9876543210".getBytes(UTF_8);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final ServiceKey cart = new ServiceKey("cart", KEY, clock);
  private final ServiceKey product = new ServiceKey("product", KEY, clock);

  @Test
  void aServiceIsKnownByWhatItShowsToTheOneThatIsMeant() {
    String shown = cart.credential("product");

    assertThat(product.caller(shown)).hasValue("cart");
    assertThat(new ServiceKey("user", KEY, clock).caller(shown)).isEmpty();
    assertThat(new ServiceKey("product", OTHER_KEY, clock).caller(shown)).isEmpty();
  }

  @Test
  void whatIsShownIsMadeOnceAndAgainBeforeItExpires() {
    String first = cart.credential("product");
    pass(59);
    assertThat(cart.credential("product")).isEqualTo(first);

    pass(2);

    assertThat(cart.credential("product")).isNotEqualTo(first);
    assertThat(product.caller(cart.credential("product"))).hasValue("cart");
  }

  @Test
  void whatWasShownLongAgoIsNoGoodAlsoWhenItIsRemembered() {
    String shown = cart.credential("product");
    assertThat(product.caller(shown)).hasValue("cart");

    pass(149);
    assertThat(product.caller(shown)).hasValue("cart");
    pass(2);

    assertThat(product.caller(shown)).isEmpty();
    assertThat(product.caller(shown)).isEmpty();
  }

  @Test
  void whatNobodySignedIsNoGood() {
    PlainJWT unsigned =
        new PlainJWT(
            new JWTClaimsSet.Builder()
                .issuer("cart")
                .audience("product")
                .expirationTime(Date.from(now.plusSeconds(60)))
                .build());

    assertThat(product.caller(unsigned.serialize())).isEmpty();
    assertThat(product.caller("not a token")).isEmpty();
    assertThat(product.caller("")).isEmpty();
  }

  @Test
  void aFileThatHoldsNoKeyIsRefusedByName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("service-key");
    assertThatThrownBy(() -> ServiceKey.read("cart", file)).hasMessageContaining(file.toString());

    Files.writeString(file, "too short\n");

    assertThatThrownBy(() -> ServiceKey.read("cart", file))
        .hasMessage("the shop's key in " + file + " has 9 characters, of at least 32");
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
