package dev.platformkit.shop.user;

import dev.platformkit.shop.user.Accounts.Account;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be traded for a new access token, each once. All that came of one log-in are a family.
 */
interface RefreshTokens {
  /**
   * Begins a family, and forgets what has expired; false, and nothing is begun, when the account
   * has got another password since it was read.
   */
  boolean begin(TokenHash token, Account account, Instant expires, Instant now);

  /**
   * Trades a token for the next one of its family. One that was used before ends its family: two
   * people have it.
   */
  Traded trade(TokenHash token, TokenHash next, Instant expires, Instant now);

  /** Ends the family of a token, if there is one. */
  void end(TokenHash token);

  /** What became of a trade. */
  record Traded(Result result, Optional<String> accountId) {
    enum Result {
      DONE,
      UNKNOWN,
      USED_TWICE
    }

    static Traded to(String accountId) {
      return new Traded(Result.DONE, Optional.of(accountId));
    }

    static Traded not(Result why) {
      return new Traded(why, Optional.empty());
    }
  }
}
