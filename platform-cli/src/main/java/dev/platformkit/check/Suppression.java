package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Comment;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A finding that somebody decided to live with, and why:
 *
 * <pre>
 * # platform:ignore compose/port-exposed -- edge proxy must be reachable
 * - 443:443
 * </pre>
 *
 * @param source the file that it stands in
 * @param spot of the comment
 * @param check the id that it names; empty where it names none
 * @param reason empty where none is given
 * @param line the line that it is about: its own, or the next one that is no comment
 */
public record Suppression(SourceFile source, Spot spot, String check, String reason, int line) {
  static final String MARK = "platform:ignore";

  private static final Pattern FORM =
      Pattern.compile("platform:ignore(?:\\s+(?<check>[^\\s]+?))?\\s*(?:\\s--\\s*(?<reason>.*))?");

  public Suppression {
    requireNonNull(source, "source is null");
    requireNonNull(spot, "spot is null");
    requireNonNull(check, "check is null");
    requireNonNull(reason, "reason is null");
  }

  /** Every suppression in the files of a workspace. */
  static List<Suppression> in(Workspace workspace) {
    List<Suppression> suppressions = new ArrayList<>();
    for (SourceFile source : workspace.sources()) {
      if (source.lines().stream().anyMatch(line -> line.contains(MARK))) {
        boolean env =
            workspace.envFiles().stream().map(EnvDocument::source).anyMatch(source::equals);
        for (Comment comment : env ? Comment.ofEnv(source) : Comment.ofYaml(source)) {
          Matcher form = FORM.matcher(comment.text());
          if (comment.text().startsWith(MARK)) {
            boolean wellFormed = form.matches();
            suppressions.add(
                new Suppression(
                    source,
                    new Spot(comment.position(), width(source, comment)),
                    wellFormed ? orEmpty(form.group("check")) : "",
                    wellFormed ? orEmpty(form.group("reason")).strip() : "",
                    subject(source, comment)));
          }
        }
      }
    }
    return suppressions;
  }

  /** Whether it is about this finding. */
  boolean covers(Finding finding) {
    return !reason.isEmpty()
        && finding.check().equals(check)
        && finding.position().file().equals(source.shownAs())
        && finding.position().line() == line;
  }

  private static int width(SourceFile source, Comment comment) {
    return source.line(comment.position().line()).stripTrailing().length()
        - comment.position().column()
        + 1;
  }

  private static int subject(SourceFile source, Comment comment) {
    int line = comment.position().line();
    if (!comment.alone()) {
      return line;
    }
    do {
      line++;
    } while (line <= source.lines().size() && isNoContent(source.line(line).strip()));
    return line;
  }

  private static boolean isNoContent(String line) {
    return line.isEmpty() || line.startsWith("#");
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
