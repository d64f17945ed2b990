package dev.platformkit.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path root;

  @Test
  void aMissingSecretIsGeneratedOnceInAFolderThatOnlyItsOwnerEnters() throws IOException {
    Platform platform = new Platform(root, "demo");
    Path password = platform.secrets().resolve("password");

    assertThat(Secrets.ensure(platform, List.of(password))).isEqualTo(1);
    String generated = Files.readString(password);
    assertThat(Secrets.ensure(platform, List.of(password))).isZero();

    assertThat(generated).matches("[A-Za-z0-9_-]{43}");
    assertThat(password).hasContent(generated);
    assertThat(permissions(password)).isEqualTo("r--r--r--");
    assertThat(permissions(platform.secrets())).isEqualTo("rwx------");
  }

  @Test
  void twoSecretsDiffer() throws IOException {
    Platform platform = new Platform(root, "demo");
    Path a = platform.secrets().resolve("a");
    Path b = platform.secrets().resolve("b");

    Secrets.ensure(platform, List.of(a, b));

    assertThat(Files.readString(a)).isNotEqualTo(Files.readString(b));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
