package dev.platformkit.it.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;

/** An access token as user issues them, made of its private key and not by our own code. */
final class AccessToken {
  private AccessToken() {}

  /**
   * A JWT (RFC 7519, ES256) of a customer.
   *
   * @param jwk the key with its private part (RFC 7517)
   */
  static String signed(JsonNode jwk, String userId, Instant issued, Instant until) {
    String said =
        ServiceToken.encoded(Json.of("{'alg':'ES256','kid':'%s'}", jwk.path("kid").asText()))
            + "."
            + ServiceToken.encoded(
                Json.of(
                    "{'iss':'shop','sub':'%s','name':'somebody','role':'customer','iat':%s,'exp':%s}",
                    userId, issued.getEpochSecond(), until.getEpochSecond()));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(privateKey(jwk));
      signature.update(said.getBytes(UTF_8));
      return said + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has ECDSA", e);
    }
  }

  private static PrivateKey privateKey(JsonNode jwk) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    BigInteger secret = new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path("d").asText()));
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(secret, curve.getParameterSpec(ECParameterSpec.class)));
  }
}
