package dev.platformkit.shop.user;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is registered. */
interface Accounts {
  /** Enters a new account; nothing when its name is taken, in whatever case. */
  Optional<Account> register(String name, String passwordHash);

  Optional<Account> named(String name);

  Optional<Account> find(String id);

  /** Accounts whose id comes after this one, or all for none, in the order of their ids. */
  List<Account> after(String id, int limit);

  /** Nothing where there is no such account; so also below. */
  Optional<Account> rename(String id, String displayName);

  Optional<Account> give(String id, boolean admin);

  /** Sets another password, and ends all sessions that came of the one before. */
  void setPassword(String id, String passwordHash);

  /** Someone who is registered. */
  record Account(
      String id,
      String name,
      String displayName,
      boolean admin,
      String passwordHash,
      Instant created) {
    public Account {
      requireNonNull(id, "id is null");
      requireNonNull(name, "name is null");
      requireNonNull(displayName, "displayName is null");
      requireNonNull(passwordHash, "passwordHash is null");
      requireNonNull(created, "created is null");
    }

    @Override
    public String toString() {
      return "account " + id;
    }
  }
}
