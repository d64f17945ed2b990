package dev.platformkit.compose;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with its variables replaced, as Compose does it: {@code $NAME}, {@code ${NAME}}, {@code
 * ${NAME:-default}}, {@code ${NAME:?message}}, {@code ${NAME:+other}}, each also without the colon,
 * and {@code $$} for one {@code $}.
 *
 * @param text with the variables replaced; what is not known is left empty
 * @param complete whether every value that the text depends on is known
 * @param references every variable, in order, those inside defaults included
 * @param malformed what is written after a {@code $} but is no variable
 */
public record Interpolation(
    String text, boolean complete, List<Reference> references, List<String> malformed) {

  /**
   * One variable.
   *
   * @param written as it stands in the text
   * @param optional whether the text says what to do when it is not set
   * @param set whether it is
   */
  public record Reference(String name, String written, boolean optional, boolean set) {
    public Reference {
      requireNonNull(name, "name is null");
      requireNonNull(written, "written is null");
    }
  }

  public Interpolation {
    requireNonNull(text, "text is null");
    references = List.copyOf(references);
    malformed = List.copyOf(malformed);
  }

  public static Interpolation of(String text, Variables variables) {
    return new Reader(text, variables).read();
  }

  /** Whether a text holds a variable at all. */
  public static boolean hasVariable(String text) {
    return text.indexOf('$') >= 0 && text.replace("$$", "").indexOf('$') >= 0;
  }

  private static final class Reader {
    private final String source;
    private final Variables variables;
    private final StringBuilder result = new StringBuilder();
    private final List<Reference> references = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();
    private boolean complete = true;
    private int at;

    Reader(String source, Variables variables) {
      this.source = source;
      this.variables = variables;
    }

    Interpolation read() {
      while (at < source.length()) {
        char c = source.charAt(at);
        if (c == '$') {
          variable();
        } else {
          result.append(c);
          at++;
        }
      }
      return new Interpolation(result.toString(), complete, references, malformed);
    }

    private void variable() {
      int start = at++;
      if (at < source.length() && source.charAt(at) == '$') {
        result.append('$');
        at++;
      } else if (at < source.length() && source.charAt(at) == '{') {
        int end = closing(at);
        if (end < 0) {
          malformed(start, source.length());
        } else {
          at = end + 1;
          braced(source.substring(start, at), source.substring(start + 2, end));
        }
      } else {
        int end = nameEnd(source, at);
        if (end == at) {
          malformed(start, Math.min(source.length(), at + 1));
        } else {
          at = end;
          replace(source.substring(start + 1, end), source.substring(start, end), "", "");
        }
      }
    }

    private void malformed(int from, int to) {
      malformed.add(source.substring(from, to));
      complete = false;
      at = to;
    }

    private void braced(String written, String inside) {
      int end = nameEnd(inside, 0);
      String rest = inside.substring(end);
      boolean colon = rest.startsWith(":");
      String operator = colon ? rest.substring(1) : rest;
      boolean known =
          rest.isEmpty() || (!operator.isEmpty() && "-?+".indexOf(operator.charAt(0)) >= 0);
      if (end == 0 || !known) {
        malformed.add(written);
        complete = false;
      } else if (rest.isEmpty()) {
        replace(inside, written, "", "");
      } else {
        String name = inside.substring(0, end);
        replace(name, written, (colon ? ":" : "") + operator.charAt(0), operator.substring(1));
      }
    }

    private void replace(String name, String written, String operator, String operand) {
      boolean set = variables.isSet(name);
      references.add(new Reference(name, written, !operator.isEmpty(), set));
      String value = variables.value(name).map(Variables.Value::text).orElse("");
      boolean valueKnown = !set || variables.value(name).isPresent();
      boolean given = set && !(operator.startsWith(":") && valueKnown && value.isEmpty());
      if (operator.endsWith("+")) {
        result.append(nested(operand, given));
      } else if (given) {
        nested(operand, false);
        complete &= valueKnown;
        result.append(value);
      } else if (operator.endsWith("-")) {
        result.append(nested(operand, true));
      } else {
        complete = false;
      }
    }

    /** Reads the text inside a variable, whose own variables count whether or not it is used. */
    private String nested(String operand, boolean used) {
      Interpolation inside = Interpolation.of(operand, variables);
      malformed.addAll(inside.malformed());
      if (!used) {
        return "";
      }
      references.addAll(inside.references());
      complete &= inside.complete();
      return inside.text();
    }

    private int closing(int open) {
      int depth = 0;
      for (int i = open; i < source.length(); i++) {
        if (source.charAt(i) == '{' && source.charAt(i - 1) == '$') {
          depth++;
        } else if (source.charAt(i) == '}' && --depth == 0) {
          return i;
        }
      }
      return -1;
    }

    private static int nameEnd(String text, int from) {
      int i = from;
      while (i < text.length() && isNamePart(text.charAt(i), i > from)) {
        i++;
      }
      return i;
    }

    private static boolean isNamePart(char c, boolean inside) {
      return c == '_'
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (inside && c >= '0' && c <= '9');
    }
  }
}
