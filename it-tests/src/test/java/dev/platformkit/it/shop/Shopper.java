package dev.platformkit.it.shop;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** Somebody who is registered and has logged in. */
record Shopper(String id, String name, String password, String token, String refresh, Instant since)
    implements Asker {
  Shopper {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(password, "password is null");
    requireNonNull(token, "token is null");
    requireNonNull(refresh, "refresh is null");
    requireNonNull(since, "since is null");
  }

  @Override
  public boolean isService() {
    return true;
  }

  @Override
  public Optional<String> token(Shop shop) {
    return Optional.of(token);
  }

  @Override
  public String toString() {
    return name;
  }
}
