package dev.platformkit.shop.user;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.util.Optional;

/**
 * Hashes passwords with bcrypt, slow on purpose and the same few kilobytes for every caller: a
 * memory-hard function would take more for each than such a small process has. Passwords that are
 * longer than bcrypt reads are hashed down first.
 */
final class Passwords {
  private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;
  private static final int COST = 10;
  private static final int LEAST = 6;
  private static final int MOST = 15;

  private final int cost;
  private final String nobodys;

  /**
   * At the cost that is given, else at production's. A hash remembers its own: those made at
   * another cost still match.
   *
   * @throws IllegalArgumentException if the text is no cost that is safe or bearable
   */
  static Passwords atCost(Optional<String> given) {
    if (given.isEmpty()) {
      return new Passwords(COST);
    }
    String text = given.get();
    if (!text.matches("\\d{1,2}")
        || Integer.parseInt(text) < LEAST
        || Integer.parseInt(text) > MOST) {
      throw new IllegalArgumentException(
          "PASSWORD_COST is %s, not from %d to %d".formatted(text, LEAST, MOST));
    }
    return new Passwords(Integer.parseInt(text));
  }

  /** At any cost that bcrypt knows. */
  Passwords(int cost) {
    this.cost = cost;
    nobodys = hash("the password of nobody");
  }

  String hash(String password) {
    return BCrypt.with(VERSION, LongPasswordStrategies.hashSha512(VERSION))
        .hashToString(cost, password.toCharArray());
  }

  boolean matches(String password, String hash) {
    return BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION))
        .verify(password.toCharArray(), hash)
        .verified;
  }

  /** Takes as long as a real comparison, so that nobody can tell which names are registered. */
  boolean matchNobody(String password) {
    matches(password, nobodys);
    return false;
  }
}
