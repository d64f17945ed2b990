package dev.platformkit.check.compose;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by a setting's name and value whether it gives away a secret. */
final class Secrets {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(.*[_.-])?(\\w*password|passwd|passphrase|pass|pwd|secret|\\w*token|credentials?"
              + "|(api|access|secret|private|encryption|signing|auth|master)[_-]?key)");

  /** Values of settings about secrets that are none themselves. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?i)true|false|yes|no|on|off|none|null|\\d{1,5}|\\d+[smhd]|/.*|[a-z]+://[^@]*");

  private static final Pattern IN_URL =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^\\s:/@${]*:(?<secret>[^\\s:/@]+)@");

  private static final Pattern KNOWN =
      Pattern.compile(
          "(?<secret>AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|xox[baprs]-[A-Za-z0-9-]{10,}"
              + "|glpat-[A-Za-z0-9_-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----)");

  private static final Pattern FLAG =
      Pattern.compile(
          "(?i)--?[\\w.-]*(password|passwd|secret|token|api-?key|requirepass)[= ]\"?"
              + "(?<secret>[^\\s\"]+)");

  private static final Pattern DEFAULT = Pattern.compile("\\$\\{\\w+:?-(?<default>[^}$]*)}");

  private Secrets() {}

  /** The secret in a variable's value. */
  static Optional<String> in(String name, String value) {
    Optional<String> anywhere = anywhere(value);
    if (anywhere.isPresent()) {
      return anywhere;
    }
    return NAME.matcher(name).matches() ? literal(value) : Optional.empty();
  }

  /** The secret in a word of a command, or in a whole command line. */
  static Optional<String> inCommand(String text) {
    Matcher flag = FLAG.matcher(text);
    return anywhere(text).or(() -> flag.find() ? literal(flag.group("secret")) : Optional.empty());
  }

  private static Optional<String> anywhere(String value) {
    for (Pattern pattern : List.of(KNOWN, IN_URL)) {
      Matcher matcher = pattern.matcher(value);
      if (matcher.find()) {
        Optional<String> secret = literal(matcher.group("secret"));
        if (secret.isPresent()) {
          return secret;
        }
      }
    }
    return Optional.empty();
  }

  /** The part that is written out: all of a value, or the default of its variable. */
  private static Optional<String> literal(String value) {
    Matcher fallback = DEFAULT.matcher(value);
    String text = fallback.matches() ? fallback.group("default") : value;
    boolean none = text.isBlank() || text.contains("$") || HARMLESS.matcher(text).matches();
    return none ? Optional.empty() : Optional.of(text);
  }
}
