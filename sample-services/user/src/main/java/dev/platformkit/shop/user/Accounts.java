package dev.platformkit.shop.user;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** Who is registered, and which sessions are open. */
interface Accounts {
  /** Enters a new account; nothing when its name is taken, in whatever case. */
  Optional<Account> register(String name, String passwordHash);

  Optional<Account> named(String name);

  /** Opens a session, and forgets those of this account that have expired. */
  void open(Session session, Instant now);

  /** Whose session this is, if it has not expired. */
  Optional<Account> of(TokenHash token, Instant now);

  /** Someone who is registered. */
  record Account(String id, String name, String passwordHash) {
    public Account {
      requireNonNull(id, "id is null");
      requireNonNull(name, "name is null");
      requireNonNull(passwordHash, "passwordHash is null");
    }
  }

  /** A time in which a token stands for an account. */
  record Session(TokenHash token, String accountId, Instant expires) {
    public Session {
      requireNonNull(token, "token is null");
      requireNonNull(accountId, "accountId is null");
      requireNonNull(expires, "expires is null");
    }
  }
}
