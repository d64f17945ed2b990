package dev.platformkit.rule;

import dev.platformkit.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code promtool test rules} prints of a file that failed:
 *
 * <pre>
 *   FAILED:
 *     name: fires,
 *     alertname: Down, time: 5m,
 *         exp:[
 *             0:
 *               Labels:{alertname="Down", severity="page"}
 *               Annotations:{summary="a down"}
 *             ],
 *         got:[]
 *     expr: "up", time: 1m,
 *         exp: {__name__="up"} 1E+00
 *         got: {__name__="up"} 0E+00
 * </pre>
 *
 * <p>What does not look so is kept as it is: promtool's words are better than none.
 */
final class PromtoolOutput {
  private static final Pattern NAME = Pattern.compile("\\s*name: (.*?),?\\s*");
  private static final Pattern CASE =
      Pattern.compile(
          "\\s*(?:alertname: (?<alert>.*)|expr: (?<expr>\".*\")), time: (?<at>\\w+),\\s*(?<rest>.*)");
  private static final Pattern LIST = Pattern.compile("\\s*(?<side>exp|got):\\[(?<end>])?,?\\s*");
  private static final Pattern SAMPLES =
      Pattern.compile("\\s*(?<side>exp|got): ?(?<samples>[^\\[].*|)");
  private static final Pattern NO_RULES =
      Pattern.compile("\\s*WARNING: no file match pattern (.*)");

  /** Goes to another stream, and so comes anywhere between. */
  private static final String PROGRESS = "Unit Testing: ";

  private final TestFile file;
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> other = new ArrayList<>();
  private String name = "";
  private Open open;
  private List<String> side;

  /** A failure whose two sides are being read. */
  private static final class Open {
    private final String test;
    private final String kind;
    private final String subject;
    private final String at;
    private final List<String> expected = new ArrayList<>();
    private final List<String> got = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();

    Open(String test, String kind, String subject, String at) {
      this.test = test;
      this.kind = kind;
      this.subject = subject;
      this.at = at;
    }
  }

  private PromtoolOutput(TestFile file) {
    this.file = file;
  }

  /** The failures; none where it says that all is well. */
  static List<Failure> failures(TestFile file, List<String> lines) {
    PromtoolOutput output = new PromtoolOutput(file);
    boolean failed = false;
    for (String line : lines) {
      Matcher noRules = NO_RULES.matcher(line);
      if (noRules.matches()) {
        output.wholeFile("no rule file matches " + noRules.group(1) + ", so nothing was tested");
      } else if (line.strip().equals("FAILED:")) {
        failed = true;
      } else if (failed && !line.isBlank() && !line.startsWith(PROGRESS)) {
        output.line(line);
      }
    }
    output.close();
    if (!output.other.isEmpty()) {
      output.wholeFile(String.join("\n", output.other));
    }
    return List.copyOf(output.failures);
  }

  private void line(String line) {
    Matcher named = NAME.matcher(line);
    Matcher begins = CASE.matcher(line);
    Matcher list = LIST.matcher(line);
    Matcher samples = SAMPLES.matcher(line);
    if (begins.matches()) {
      begin(begins);
    } else if (named.matches()) {
      close();
      name = named.group(1);
    } else if (open == null) {
      other.add(line.strip());
    } else if (list.matches()) {
      side = list.group("side").equals("exp") ? open.expected : open.got;
    } else if (samples.matches()) {
      side = samples.group("side").equals("exp") ? open.expected : open.got;
      if (!samples.group("samples").isBlank() && !samples.group("samples").equals("nil")) {
        side.add(samples.group("samples").strip());
      }
    } else {
      item(line.strip());
    }
  }

  private void begin(Matcher begins) {
    close();
    boolean alert = begins.group("alert") != null;
    String expr = alert ? "" : begins.group("expr");
    open =
        new Open(
            name,
            alert ? "alert" : "expr",
            alert ? begins.group("alert") : unquoted(expr),
            begins.group("at"));
    open.said.append(begins.group("rest").strip());
    name = "";
    side = null;
  }

  private static String unquoted(String quoted) {
    return quoted
        .substring(1, quoted.length() - 1)
        .replace("\\n", "\n")
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
  }

  private void item(String line) {
    if (side == null) {
      open.said.append(open.said.isEmpty() ? "" : "\n").append(line);
    } else if (line.startsWith("Labels:")) {
      side.add(line.substring("Labels:".length()).replaceFirst("alertname=\"[^\"]*\"(, )?", ""));
    } else if (line.startsWith("Annotations:") && !side.isEmpty()) {
      String annotations = line.substring("Annotations:".length());
      String labels = side.remove(side.size() - 1);
      side.add(annotations.equals("{}") ? labels : labels + " with " + annotations);
    } else if (!line.matches("\\d+:|],?")) {
      side.add(line);
    }
  }

  private void close() {
    if (open == null) {
      return;
    }
    Optional<TestFile.Expectation> place = file.find(open.test, open.subject, open.at);
    failures.add(
        new Failure(
            place.map(TestFile.Expectation::position).orElseGet(this::start),
            place.map(e -> e.test().name()).orElse(open.test),
            open.kind + " " + open.subject.strip() + " at " + open.at,
            open.expected,
            open.got,
            open.said.toString()));
    open = null;
  }

  private void wholeFile(String said) {
    failures.add(new Failure(start(), "", "", List.of(), List.of(), said));
  }

  private Position start() {
    return new Position(file.shownAs(), 1, 1);
  }
}
