package dev.platformkit.it.shop;

import java.util.Optional;

/** On whose account a service is asked, where it does not matter whose it is exactly. */
enum Who implements Asker {
  /** Comes past the gateway: shows nothing. */
  OUTSIDER,
  /** A service of the shop, for nobody who is signed in. */
  NOBODY,
  /** A service of the shop, for a customer who does nothing else. */
  CUSTOMER,
  /** A service of the shop, for the account admin. */
  ADMIN;

  @Override
  public boolean isService() {
    return this != OUTSIDER;
  }

  @Override
  public Optional<String> token(Shop shop) {
    return switch (this) {
      case OUTSIDER, NOBODY -> Optional.empty();
      case CUSTOMER -> Optional.of(shop.customer().token());
      case ADMIN -> Optional.of(shop.admin().token());
    };
  }
}
