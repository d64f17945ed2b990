package dev.platformkit.kit.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The key that all services of one shop share, and outsiders do not have. With it a service shows
 * another one that it is one: by a JWT (RFC 7519, HS256) that says who calls ({@code iss}) whom
 * ({@code aud}), good for two minutes. So whoever goes past the gateway stands before closed doors.
 */
public final class ServiceKey {
  private static final int SHORTEST = 32;
  private static final Duration GOOD_FOR = Duration.ofMinutes(2);
  private static final Duration RENEWED_BEFORE = Duration.ofMinutes(1);
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

  private final String self;
  private final Clock clock;
  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final Map<String, Made> made = new ConcurrentHashMap<>();
  private final Checked<String> checked;

  private record Made(String token, Instant until) {}

  ServiceKey(String self, byte[] key, Clock clock) {
    this.self = self;
    this.clock = clock;
    checked = new Checked<>(clock);
    try {
      signer = new MACSigner(key);
      verifier = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("this is no key to sign with: " + e.getMessage(), e);
    }
  }

  /**
   * The key in a file.
   *
   * @param self the service whose process this is
   * @throws IllegalArgumentException when the file holds no key
   */
  public static ServiceKey read(String self, Path file) {
    byte[] key;
    try {
      key = Files.readString(file).strip().getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the shop's key in " + file, e);
    }
    if (key.length < SHORTEST) {
      throw new IllegalArgumentException(
          "the shop's key in %s has %d characters, of at least %d"
              .formatted(file, key.length, SHORTEST));
    }
    return new ServiceKey(self, key, Clock.systemUTC());
  }

  /** What this service shows to that one. */
  String credential(String target) {
    Instant now = clock.instant();
    return made.compute(
            target,
            (service, known) ->
                known != null && now.isBefore(known.until.minus(RENEWED_BEFORE))
                    ? known
                    : make(service, now.plus(GOOD_FOR)))
        .token;
  }

  /** The service that shows this, if it is one and means us. */
  Optional<String> caller(String credential) {
    return checked.get(credential, this::verify).map(Checked.Result::value);
  }

  private Made make(String target, Instant until) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .issuer(self)
                .audience(target)
                .expirationTime(Date.from(until))
                .build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("a credential cannot be signed", e);
    }
    return new Made(token.serialize(), until);
  }

  private Optional<Checked.Result<String>> verify(String credential) {
    try {
      SignedJWT token = SignedJWT.parse(credential);
      JWTClaimsSet claims = token.getJWTClaimsSet();
      Date end = claims.getExpirationTime();
      if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
          || !token.verify(verifier)
          || !claims.getAudience().contains(self)
          || claims.getIssuer() == null
          || end == null) {
        return Optional.empty();
      }
      return Optional.of(
          new Checked.Result<>(claims.getIssuer(), end.toInstant().plus(CLOCKS_DIFFER)));
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }
}
