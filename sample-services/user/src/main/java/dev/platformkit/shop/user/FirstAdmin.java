package dev.platformkit.shop.user;

import dev.platformkit.shop.user.Accounts.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Somebody has to be the first to give others a role: {@code admin}, whose password is a secret.
 */
final class FirstAdmin {
  static final String NAME = "admin";

  private static final int SHORTEST_PASSWORD = 8;

  private FirstAdmin() {}

  /**
   * Makes sure that there is one, who has the role and the password in this file. The sessions of
   * whoever had the name with another password end, before they could be traded for the role.
   *
   * @throws IllegalStateException when the file holds nothing that could be a password
   */
  static void exists(Accounts accounts, Passwords passwords, Path passwordFile) {
    String password = read(passwordFile);
    Account admin =
        accounts
            .named(NAME)
            .or(() -> accounts.register(NAME, passwords.hash(password)))
            // Another instance was faster.
            .or(() -> accounts.named(NAME))
            .orElseThrow(() -> new IllegalStateException("there is no account " + NAME));
    if (!passwords.matches(password, admin.passwordHash())) {
      accounts.setPassword(admin.id(), passwords.hash(password));
    }
    accounts.give(admin.id(), true);
  }

  private static String read(Path file) {
    try {
      String password = Files.readString(file).strip();
      if (password.length() < SHORTEST_PASSWORD || password.length() > LogIns.LONGEST_PASSWORD) {
        throw new IllegalStateException(
            "the admin's password in %s has not %d to %d characters; write one that has"
                .formatted(file, SHORTEST_PASSWORD, LogIns.LONGEST_PASSWORD));
      }
      return password;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the admin's password in " + file, e);
    }
  }
}
