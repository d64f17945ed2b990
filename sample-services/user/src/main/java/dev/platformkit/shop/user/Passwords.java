package dev.platformkit.shop.user;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;

/**
 * Hashes passwords with bcrypt, slow on purpose and the same few kilobytes for every caller: a
 * memory-hard function would take more for each than such a small process has. Passwords that are
 * longer than bcrypt reads are hashed down first.
 */
final class Passwords {
  private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;
  private static final int COST = 10;

  private final int cost;
  private final String nobodys;

  Passwords() {
    this(COST);
  }

  /** At another cost than that of production. */
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
  void matchNobody(String password) {
    matches(password, nobodys);
  }
}
