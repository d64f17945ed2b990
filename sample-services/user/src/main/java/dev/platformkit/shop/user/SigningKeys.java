package dev.platformkit.shop.user;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.platformkit.kit.auth.AccessTokens;
import dev.platformkit.kit.auth.TokenKeys;
import dev.platformkit.shop.user.Accounts.Account;
import dev.platformkit.shop.user.KeyRing.Dated;
import dev.platformkit.shop.user.v1.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Signs access tokens, with the newest key. A key that another has followed stays published until
 * all that it signed has expired; whoever checks tokens asks at once for a key that is new to them.
 * What another instance does to the keys is seen within seconds.
 */
final class SigningKeys implements TokenKeys {
  /** So long is an access token good. */
  static final Duration GOOD_FOR = Duration.ofMinutes(10);

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(5);

  private final KeyRing ring;
  private final Clock clock;
  private List<Dated> keys = List.of();
  private Instant looked = Instant.MIN;

  SigningKeys(KeyRing ring, Clock clock) {
    this.ring = ring;
    this.clock = clock;
  }

  /** A token that stands for this account. */
  String token(Account account, Instant now) {
    ECKey key = current().get(0).key();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(AccessTokens.ISSUER)
                .subject(account.id())
                .claim(AccessTokens.NAME, account.name())
                .claim(AccessTokens.ROLE, account.admin() ? AccessTokens.ADMIN : "customer")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(GOOD_FOR)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("an access token cannot be signed", e);
    }
    return token.serialize();
  }

  /** Signs with a new key from now on. */
  synchronized String rotate() {
    Dated next = new Dated(newKey(), clock.instant());
    ring.add(next, clock.instant().minus(Duration.ofDays(1)));
    looked = Instant.MIN;
    return next.key().getKeyID();
  }

  /** The public parts of all keys that may have signed what is still good. */
  List<Key> published() {
    List<Key> published = new ArrayList<>();
    Instant followed = Instant.MAX;
    for (Dated dated : current()) {
      if (followed.isAfter(clock.instant().minus(GOOD_FOR).minus(CLOCKS_DIFFER))) {
        published.add(publicPart(dated.key()));
      }
      followed = dated.since();
    }
    return published;
  }

  @Override
  public Optional<Key> find(String id) {
    return published().stream().filter(key -> key.getKid().equals(id)).findFirst();
  }

  /** Since when the key has signed that does now. */
  Instant since() {
    return current().get(0).since();
  }

  static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  private synchronized List<Dated> current() {
    Instant now = clock.instant();
    if (keys.isEmpty() || looked.isBefore(now.minus(LOOKED_AT_EVERY))) {
      keys = ring.all();
      looked = now;
    }
    return keys;
  }

  private static Key publicPart(ECKey key) {
    return Key.newBuilder()
        .setKty("EC")
        .setCrv(key.getCurve().getName())
        .setX(key.getX().toString())
        .setY(key.getY().toString())
        .setKid(key.getKeyID())
        .setUse("sig")
        .setAlg(JWSAlgorithm.ES256.getName())
        .build();
  }
}
