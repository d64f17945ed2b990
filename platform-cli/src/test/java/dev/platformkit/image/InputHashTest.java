package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputHashTest {
  @TempDir Path folder;
  private String before;

  @BeforeEach
  void aFolder() throws IOException {
    write("Dockerfile", "FROM x");
    write("conf/app.conf", "a=1");
    before = hash();
  }

  @Test
  void twelveDigits() {
    assertThat(before).matches("[0-9a-f]{12}");
  }

  @Test
  void theSameFilesElsewhereAreTheSame(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("Dockerfile"), "FROM x");
    Files.createDirectory(elsewhere.resolve("conf"));
    Files.writeString(elsewhere.resolve("conf/app.conf"), "a=1");

    assertThat(new InputHash().add("folder", elsewhere).digits()).isEqualTo(before);
  }

  @Test
  void timesAndReadingRightsDoNotCount() throws IOException {
    Files.setLastModifiedTime(folder.resolve("Dockerfile"), FileTime.fromMillis(0));
    Files.setPosixFilePermissions(
        folder.resolve("Dockerfile"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(hash()).isEqualTo(before);
  }

  @Test
  void executabilityCounts() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("Dockerfile"), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(hash()).isNotEqualTo(before);
  }

  @Test
  void contentCounts() throws IOException {
    write("conf/app.conf", "a=2");

    assertThat(hash()).isNotEqualTo(before);
  }

  @Test
  void namesCount() throws IOException {
    Files.move(folder.resolve("conf/app.conf"), folder.resolve("conf/web.conf"));

    assertThat(hash()).isNotEqualTo(before);
  }

  @Test
  void whatWasMadeDoesNotCount() throws IOException {
    write("target/image/app.jar", "made");

    assertThat(hash()).isEqualTo(before);
  }

  @Test
  void whatItIsBuiltOnCounts() {
    assertThat(new InputHash().add("folder", folder).add("BASE_IMAGE", "base:1").digits())
        .isNotEqualTo(new InputHash().add("folder", folder).add("BASE_IMAGE", "base:2").digits());
  }

  @Test
  void contentCannotPassForAnotherFile(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("a"), "1");
    Files.writeString(other.resolve("b"), "2");
    String two = new InputHash().add("folder", other).digits();
    Files.delete(other.resolve("b"));
    Files.writeString(other.resolve("a"), "1folder/b\0-\0001\0002");

    assertThat(new InputHash().add("folder", other).digits()).isNotEqualTo(two);
  }

  private String hash() {
    return new InputHash().add("folder", folder).digits();
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
