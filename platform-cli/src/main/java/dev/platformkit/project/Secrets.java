package dev.platformkit.project;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;

/**
 * Passwords that nobody chose and nobody needs to know: one file each, in a folder that only its
 * owner enters. The files themselves are readable by all, because Compose mounts them as they are
 * into containers whose users are not the host's.
 */
public final class Secrets {
  private static final int BYTES = 32;

  private Secrets() {}

  /**
   * Generates the secrets that are missing; those that exist stay as they are.
   *
   * @param files files directly in the platform's folder of secrets
   * @return how many were missing
   */
  public static int ensure(Platform platform, Collection<Path> files) {
    if (files.isEmpty()) {
      return 0;
    }
    SecureRandom random = new SecureRandom();
    int generated = 0;
    try {
      Files.createDirectories(platform.secrets());
      Files.setPosixFilePermissions(
          platform.secrets(), PosixFilePermissions.fromString("rwx------"));
      for (Path file : files) {
        if (!Files.exists(file)) {
          generate(file, random);
          generated++;
        }
      }
    } catch (IOException e) {
      throw Problem.usage("cannot write secrets in " + platform.secrets() + ": " + e).causedBy(e);
    }
    return generated;
  }

  private static void generate(Path file, SecureRandom random) throws IOException {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    Path fresh = Files.createTempFile(file.getParent(), ".", ".new");
    Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--r--r--"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
