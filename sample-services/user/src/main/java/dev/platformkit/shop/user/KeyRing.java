package dev.platformkit.shop.user;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;
import java.util.List;

/** The keys that access tokens are signed with, the same for all instances. */
interface KeyRing {
  /** All there are, the newest first; makes the first where there is none. */
  List<Dated> all();

  /** Adds a key, and forgets those that others have followed before this time. */
  void add(Dated key, Instant forgotten);

  /** A key with its private part, and since when it signs. */
  record Dated(ECKey key, Instant since) {
    @Override
    public String toString() {
      return "key " + key.getKeyID();
    }
  }
}
