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
import dev.platformkit.kit.Unavailable;
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
 * all that it signed has expired.
 *
 * <p>A new key signs at once: whoever checks tokens asks for a key that is new to them, and is told
 * by any instance, since what is published is read anew. What another instance does to the keys
 * changes what is signed with within seconds.
 *
 * <p>While the database does not answer, the keys that were seen last check what they signed. None
 * is signed with meanwhile: whoever is to get a token is looked up in the same database first.
 */
final class SigningKeys implements TokenKeys {
  /** So long is an access token good. */
  static final Duration GOOD_FOR = Duration.ofMinutes(10);

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(5);

  /** For a key that is not known, which anybody can make up. */
  private static final Duration LOOKED_AT_AGAIN = Duration.ofMillis(200);

  private final KeyRing ring;
  private final Clock clock;
  private volatile List<Dated> keys = List.of();
  private Instant looked = Instant.MIN;

  SigningKeys(KeyRing ring, Clock clock) {
    this.ring = ring;
    this.clock = clock;
  }

  /** A token that stands for this account. */
  String token(Account account, Instant now) {
    ECKey key = seen(LOOKED_AT_EVERY).get(0).key();
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
    // Later than any there is, also where the clock of another instance is ahead of this one's.
    Instant after = seen(Duration.ZERO).get(0).since().plusMillis(1);
    Instant now = clock.instant();
    Dated next = new Dated(newKey(), now.isAfter(after) ? now : after);
    ring.add(next, now.minus(Duration.ofDays(1)));
    looked = Instant.MIN;
    return next.key().getKeyID();
  }

  /** The public parts of all keys that may have signed what is still good, as of now. */
  List<Key> published() {
    return published(seen(Duration.ZERO));
  }

  @Override
  public Optional<Key> find(String id) {
    return find(id, LOOKED_AT_EVERY).or(() -> find(id, LOOKED_AT_AGAIN));
  }

  /**
   * How long the key that was seen last has signed, in seconds; zero until one was seen. Looks at
   * nothing, so that metrics are there also when the database is not.
   */
  double age() {
    List<Dated> seen = keys;
    return seen.isEmpty()
        ? 0
        : Math.max(0, Duration.between(seen.get(0).since(), clock.instant()).toMillis() / 1000.0);
  }

  static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  private Optional<Key> find(String id, Duration noOlderThan) {
    return published(seen(noOlderThan)).stream().filter(key -> key.getKid().equals(id)).findFirst();
  }

  private List<Key> published(List<Dated> all) {
    List<Key> published = new ArrayList<>();
    Instant followed = Instant.MAX;
    for (Dated dated : all) {
      if (followed.isAfter(clock.instant().minus(GOOD_FOR).minus(CLOCKS_DIFFER))) {
        published.add(publicPart(dated.key()));
      }
      followed = dated.since();
    }
    return published;
  }

  private synchronized List<Dated> seen(Duration noOlderThan) {
    Instant now = clock.instant();
    if (keys.isEmpty() || !looked.isAfter(now.minus(noOlderThan))) {
      try {
        keys = ring.all();
      } catch (Unavailable e) {
        if (keys.isEmpty()) {
          throw e;
        }
      }
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
