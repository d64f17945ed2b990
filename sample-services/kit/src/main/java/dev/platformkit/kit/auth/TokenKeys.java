package dev.platformkit.kit.auth;

import dev.platformkit.shop.user.v1.Key;
import java.util.Optional;

/** The public keys with which access tokens are signed. */
public interface TokenKeys {
  /**
   * The key with this id.
   *
   * @throws dev.platformkit.kit.Unavailable when no key could be had so far
   */
  Optional<Key> find(String id);
}
