package dev.platformkit.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image is built of, as twelve digits: names, contents and executability of files, and the
 * tags of the images that it is built on. Times, owners and other modes do not count, since a
 * checkout sets them as it likes; nor does what stands under {@code target/}, since it is made of
 * the rest.
 */
final class InputHash {
  private static final int DIGITS = 12;
  private static final String MADE = "target";

  private final MessageDigest digest = sha256();

  /** Adds a word, such as the tag of a base image. */
  InputHash add(String name, String value) {
    put(name);
    put(value);
    return this;
  }

  /**
   * Adds a file, or a folder with all that is in it, under a name that does not say where it is.
   */
  InputHash add(String name, Path fileOrFolder) {
    try {
      for (Map.Entry<String, Path> file : files(fileOrFolder).entrySet()) {
        put(name + "/" + file.getKey());
        if (Files.isSymbolicLink(file.getValue())) {
          put("link");
          put(Files.readSymbolicLink(file.getValue()).toString());
        } else {
          put(Files.isExecutable(file.getValue()) ? "x" : "-");
          byte[] content = Files.readAllBytes(file.getValue());
          put(Integer.toString(content.length));
          digest.update(content);
        }
      }
    } catch (IOException e) {
      throw Problem.usage("cannot read " + fileOrFolder + ": " + e).causedBy(e);
    }
    return this;
  }

  /** The digits; nothing can be added afterwards. */
  String digits() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static Map<String, Path> files(Path start) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    if (!Files.exists(start)) {
      return files;
    }
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.getFileName().toString().equals(MADE) && !folder.equals(start)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.put(start.relativize(file).toString(), file);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private void put(String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
