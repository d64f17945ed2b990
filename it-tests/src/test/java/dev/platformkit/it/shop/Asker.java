package dev.platformkit.it.shop;

import java.util.Optional;

/** Somebody who asks a service. */
interface Asker {
  /** Whether it shows that a service of the shop asks. */
  boolean isService();

  /** The access token that it brings. */
  Optional<String> token(Shop shop);
}
