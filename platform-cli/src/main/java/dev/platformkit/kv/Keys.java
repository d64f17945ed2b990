package dev.platformkit.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names of keys: a service reads everything below {@code config/<service>/}. */
public final class Keys {
  /** Under which the keys of every service stand. */
  public static final String PREFIX = "config/";

  /** How many bytes a value may have. */
  public static final int MAX_VALUE_BYTES = 65_536;

  /** What {@code verify} writes and deletes by itself. */
  private static final String PROBE = "platform-probe";

  private static final int LONGEST = 128;
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9][a-z0-9_-]*");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

  private Keys() {}

  /** What is wrong with the name of a service; empty where nothing is. */
  static Optional<String> wrongService(String name) {
    return SERVICE.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("is not a service's name of lower-case letters, digits, - and _");
  }

  /** What is wrong with the name of a key; empty where nothing is. */
  static Optional<String> wrongName(String name) {
    if (name.equals(PROBE)) {
      return Optional.of("is the key that platform verify writes and deletes by itself");
    }
    if (name.length() > LONGEST) {
      return Optional.of("is longer than " + LONGEST + " characters");
    }
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("is not a name of letters, digits, ., _ and -, with / between parts");
  }

  /** What is wrong with the size of a value; empty where nothing is. */
  static Optional<String> tooLarge(String value) {
    int bytes = value.getBytes(UTF_8).length;
    return bytes > MAX_VALUE_BYTES
        ? Optional.of("has a value of %d bytes; at most %d".formatted(bytes, MAX_VALUE_BYTES))
        : Optional.empty();
  }

  /** Whether a key is written by verify, which removes it again. */
  static boolean isProbe(String key) {
    return key.endsWith("/" + PROBE);
  }

  /** The whole key. */
  static String of(String service, String name) {
    return PREFIX + service + "/" + name;
  }

  /** Whose key it is; empty where it is of no service. */
  static Optional<String> serviceOf(String key) {
    int end = key.indexOf('/', PREFIX.length());
    return key.startsWith(PREFIX) && end > PREFIX.length()
        ? Optional.of(key.substring(PREFIX.length(), end))
        : Optional.empty();
  }
}
