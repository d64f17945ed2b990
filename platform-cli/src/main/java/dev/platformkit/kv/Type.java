package dev.platformkit.kv;

import dev.platformkit.source.Node;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the value of a key is; Consul itself knows only bytes. */
enum Type {
  TEXT,
  INT,
  NUMBER,
  BOOLEAN;

  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?");

  /** What a value is by the way it is written: only what stands without quotes is no text. */
  static Type of(Node.Scalar value) {
    if (!value.plain()) {
      return TEXT;
    }
    if (BOOLEAN.admits(value)) {
      return BOOLEAN;
    }
    if (INT.admits(value)) {
      return INT;
    }
    return NUMBER.admits(value) ? NUMBER : TEXT;
  }

  static Optional<Type> named(String name) {
    for (Type type : values()) {
      if (type.word().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether a value can be of this type. */
  boolean admits(Node.Scalar value) {
    String text = value.text();
    return switch (this) {
      case TEXT -> true;
      case INT -> value.plain() && WHOLE.matcher(text).matches();
      case NUMBER -> value.plain() && DECIMAL.matcher(text).matches();
      case BOOLEAN -> value.plain() && (text.equals("true") || text.equals("false"));
    };
  }

  boolean hasOrder() {
    return this == INT || this == NUMBER;
  }

  /** As it is written in a file. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As a sentence calls a value of it. */
  String described() {
    return switch (this) {
      case TEXT -> "text";
      case INT -> "a whole number such as 20, without quotes";
      case NUMBER -> "a number such as 0.5, without quotes";
      case BOOLEAN -> "true or false, without quotes";
    };
  }
}
