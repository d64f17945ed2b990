package dev.platformkit.kit.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.user.v1.Key;
import io.grpc.Status.Code;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/**
 * Checks access tokens: JWTs (RFC 7519) that user signed with ES256, by the keys that it publishes.
 * Any other algorithm is refused, {@code none} above all.
 */
public final class AccessTokens {
  /** Who issues them. */
  public static final String ISSUER = "shop";

  /** The claim that holds the user's name. */
  public static final String NAME = "name";

  /** The claim that holds the role. */
  public static final String ROLE = "role";

  /** The role that may do what others may not. */
  public static final String ADMIN = "admin";

  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

  private final TokenKeys keys;
  private final Clock clock;
  private final Checked<Caller.User> checked;

  public AccessTokens(TokenKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
    checked = new Checked<>(clock);
  }

  /**
   * Whose token this is.
   *
   * @throws io.grpc.StatusRuntimeException UNAUTHENTICATED, TOKEN_EXPIRED or TOKEN_INVALID
   * @throws dev.platformkit.kit.Unavailable when no key could be had so far
   */
  public Caller.User check(String token) {
    return checked
        .get(token, this::verified)
        .map(Checked.Result::value)
        .orElseThrow(
            () ->
                Refusal.because(
                        Code.UNAUTHENTICATED, "TOKEN_EXPIRED", "the access token has expired")
                    .asException());
  }

  private Optional<Checked.Result<Caller.User>> verified(String written) {
    try {
      SignedJWT token = SignedJWT.parse(written);
      if (!JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())) {
        throw invalid("its algorithm is not ES256");
      }
      Key key =
          keys.find(String.valueOf(token.getHeader().getKeyID()))
              .orElseThrow(() -> invalid("its key is not known"));
      if (!token.verify(new ECDSAVerifier(publicKey(key)))) {
        throw invalid("its signature is not right");
      }
      return Optional.of(result(token.getJWTClaimsSet()));
    } catch (ParseException | JOSEException e) {
      throw invalid("it cannot be read");
    }
  }

  private Checked.Result<Caller.User> result(JWTClaimsSet claims) throws ParseException {
    Date end = claims.getExpirationTime();
    Date issued = claims.getIssueTime();
    String name = claims.getStringClaim(NAME);
    if (!ISSUER.equals(claims.getIssuer()) || claims.getSubject() == null || name == null) {
      throw invalid("it is none of the shop's");
    }
    Instant latest = clock.instant().plus(CLOCKS_DIFFER);
    if (end == null || (issued != null && issued.toInstant().isAfter(latest))) {
      throw invalid("its times make no sense");
    }
    return new Checked.Result<>(
        new Caller.User(claims.getSubject(), name, ADMIN.equals(claims.getStringClaim(ROLE))),
        end.toInstant().plus(CLOCKS_DIFFER));
  }

  private static ECPublicKey publicKey(Key key) throws JOSEException {
    return new ECKey.Builder(
            Curve.parse(key.getCrv()), new Base64URL(key.getX()), new Base64URL(key.getY()))
        .build()
        .toECPublicKey();
  }

  /** What the token says is not told: it is a secret. */
  private static RuntimeException invalid(String why) {
    return Refusal.because(
            Code.UNAUTHENTICATED, "TOKEN_INVALID", "the access token is no good: " + why)
        .asException();
  }
}
