package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be told of a PromQL expression from its words alone: which metrics and jobs it names,
 * and whether its brackets close, so that it can stand in brackets itself. Whether it is valid is
 * for Prometheus to say.
 */
final class PromQlText {
  private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9.][0-9a-zA-Z_.]*");
  private static final Pattern SPACE = Pattern.compile("(\\s|#[^\\n]*)+");
  private static final Pattern NAMED =
      Pattern.compile("__name__\\s*=\\s*([\"'])([a-zA-Z_:][a-zA-Z0-9_:]*)\\1");
  private static final Pattern JOB = Pattern.compile("\\bjob\\s*=\\s*\"([^\"\\\\$]+)\"");
  private static final Pattern WANTED =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*=~?\\s*(\"(?:[^\"\\\\]|\\\\.)+\"|'[^']+')");
  private static final Set<String> BEFORE_LABELS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

  /** With these there is a result though there is nothing of a metric that is named. */
  private static final Set<String> WITHOUT =
      Set.of("or", "unless", "vector", "absent", "absent_over_time", "time");

  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "unless", "atan2", "offset", "bool", "inf", "nan");

  private final String text;
  private final Set<String> names = new TreeSet<>();
  private final Set<String> jobs = new TreeSet<>();
  private final Set<LabelOf> labels = new LinkedHashSet<>();
  private String metric = "";
  private int at;
  private boolean closed = true;
  private boolean needsAll = true;

  /** A label that series of a metric have to have to be chosen. */
  record LabelOf(String metric, String label) {
    LabelOf {
      requireNonNull(metric, "metric is null");
      requireNonNull(label, "label is null");
    }
  }

  private PromQlText(String text) {
    this.text = requireNonNull(text, "text is null");
  }

  /** Reads an expression. */
  static PromQlText of(String expression) {
    PromQlText read = new PromQlText(expression);
    read.read();
    return read;
  }

  /** The metrics that it names in full. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  /** The jobs that it names in full, of which it wants series. */
  Set<String> jobs() {
    return Set.copyOf(jobs);
  }

  /** The labels of which it wants a value, of the metrics that it names in full. */
  Set<LabelOf> labels() {
    return Set.copyOf(labels);
  }

  /** Whether every bracket and quote of it closes within it. */
  boolean isClosed() {
    return closed;
  }

  /** Whether it can have a result only while there are series of every metric that it names. */
  boolean needsAll() {
    return needsAll;
  }

  private void read() {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean passed = skip(SPACE) || skip(NUMBER);
      if (passed) {
        continue;
      }
      if (c == '"' || c == '\'' || c == '`') {
        string(c);
      } else if (c == '{') {
        matchers();
      } else if (c == '[') {
        until(']');
      } else if (c == '(' || c == ')') {
        depth += c == '(' ? 1 : -1;
        closed &= depth >= 0;
        at++;
      } else if (!word()) {
        at++;
      }
    }
    closed &= depth == 0;
  }

  /** A word is a metric's name unless the language knows it or what follows makes it a function. */
  private boolean word() {
    Matcher found = WORD.matcher(text).region(at, text.length());
    if (!found.lookingAt()) {
      return false;
    }
    at = found.end();
    String word = found.group();
    String lower = word.toLowerCase(Locale.ROOT);
    needsAll &= !WITHOUT.contains(lower);
    skip(SPACE);
    boolean opens = at < text.length() && text.charAt(at) == '(';
    if (BEFORE_LABELS.contains(lower)) {
      if (opens) {
        until(')');
      }
    } else if (!opens && !KEYWORDS.contains(lower) && !isAggregation()) {
      names.add(word);
      metric = text.startsWith("{", at) ? word : "";
    }
    return true;
  }

  /** Whether what follows groups: {@code sum by (job) (up)}. */
  private boolean isAggregation() {
    Matcher next = WORD.matcher(text).region(at, text.length());
    return next.lookingAt() && next.group().toLowerCase(Locale.ROOT).matches("by|without");
  }

  private void matchers() {
    int from = at;
    until('}');
    Matcher name = NAMED.matcher(text).region(from, at);
    if (name.find()) {
      names.add(name.group(2));
      metric = name.group(2);
    }
    Matcher wanted = WANTED.matcher(text).region(from, at);
    while (wanted.find() && !metric.isEmpty()) {
      labels.add(new LabelOf(metric, wanted.group(1)));
    }
    metric = "";
    Matcher job = JOB.matcher(text).region(from, at);
    while (job.find()) {
      jobs.add(job.group(1));
    }
  }

  /** Goes on behind the next of these that stands in no string. */
  private void until(char end) {
    at++;
    while (at < text.length() && text.charAt(at) != end) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'' || c == '`') {
        string(c);
      } else {
        at++;
      }
    }
    closed &= at < text.length();
    at = Math.min(at + 1, text.length());
  }

  private void string(char quote) {
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    closed &= at < text.length();
    at = Math.min(at + 1, text.length());
  }

  private boolean skip(Pattern what) {
    Matcher found = what.matcher(text).region(at, text.length());
    if (!found.lookingAt()) {
      return false;
    }
    at = found.end();
    return true;
  }
}
