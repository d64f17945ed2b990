package dev.platformkit.kit.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.platformkit.shop.user.v1.Key;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Signs access tokens as user does. */
final class Issuer implements TokenKeys {
  private final ECKey key;

  Issuer() {
    try {
      key = new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<Key> find(String id) {
    return id.equals(key.getKeyID()) ? Optional.of(published()) : Optional.empty();
  }

  Key published() {
    return Key.newBuilder()
        .setKty("EC")
        .setCrv("P-256")
        .setX(key.getX().toString())
        .setY(key.getY().toString())
        .setKid(key.getKeyID())
        .setUse("sig")
        .setAlg("ES256")
        .build();
  }

  static JWTClaimsSet.Builder claims(String role, Instant end) {
    return new JWTClaimsSet.Builder()
        .issuer(AccessTokens.ISSUER)
        .subject("u-1")
        .claim(AccessTokens.NAME, "ada")
        .claim(AccessTokens.ROLE, role)
        .expirationTime(Date.from(end));
  }

  String token(String role, Instant end) {
    return token(claims(role, end).build());
  }

  String token(JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
