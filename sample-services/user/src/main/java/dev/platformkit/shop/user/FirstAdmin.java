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

  private FirstAdmin() {}

  /** Makes sure that there is one, who has the role and the password in this file. */
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
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the admin's password in " + file, e);
    }
  }
}
