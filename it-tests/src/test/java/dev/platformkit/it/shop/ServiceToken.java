package dev.platformkit.it.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a service shows to another one, made as docs/architecture.md says and not by our own code: a
 * JWT (RFC 7519, HS256), signed with the shop's key.
 */
final class ServiceToken {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Duration GOOD_FOR = Duration.ofMinutes(1);

  private ServiceToken() {}

  /** Shows the service {@code audience} that the caller is one. */
  static String signed(String key, String audience) {
    return signed(key, audience, Instant.now().plus(GOOD_FOR));
  }

  static String signed(String key, String audience, Instant until) {
    String said =
        encoded("{\"alg\":\"HS256\"}")
            + "."
            + encoded(
                "{\"iss\":\"it-tests\",\"aud\":\"%s\",\"exp\":%d}"
                    .formatted(audience, until.getEpochSecond()));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return said + "." + BASE64.encodeToString(mac.doFinal(said.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has HMAC-SHA-256", e);
    }
  }

  static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(UTF_8));
  }
}
