package dev.platformkit.scaffold;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of entries in a file that people write, each beginning with a line of its own. Another is
 * added as text, so that comments and the order of all else survive:
 *
 * <pre>
 * scrape_configs:            # the line that opens the run
 *   - job_name: cart         # an entry, named "cart"
 *     static_configs: …
 * </pre>
 *
 * The run ends where names no longer ascend. So where an entry goes does not depend on when it is
 * added, and taking it out and adding it again changes nothing.
 *
 * @param file as shown to the user
 * @param opening the line after which the run stands
 * @param entry the line that an entry begins with; its first group is the entry's name
 * @param apart whether an empty line stands between entries
 */
record EntryList(String file, Pattern opening, Pattern entry, boolean apart) {
  EntryList {
    requireNonNull(file, "file is null");
    requireNonNull(opening, "opening is null");
    requireNonNull(entry, "entry is null");
  }

  /**
   * A text with an entry added.
   *
   * @param text of the whole entry, which ends in a line end
   * @throws Problem exit 2 where the line is missing after which the run stands
   */
  Inserted add(String name, String text, String before) {
    List<String> lines = new ArrayList<>(List.of(before.split("\n", -1)));
    int open = opening(lines);
    List<String> added = new ArrayList<>(text.lines().toList());
    int last = open;
    String lastName = "";
    int end = end(lines, open, indent(added.get(0)));
    for (int i = open + 1; i < end; i++) {
      Matcher begins = entry.matcher(lines.get(i));
      if (!begins.matches()) {
        continue;
      }
      String other = begins.group(1);
      if (order(other).compareTo(order(lastName)) < 0) {
        end = i;
      } else if (order(other).compareTo(order(name)) > 0) {
        return before(withComments(lines, i, open), added, lines);
      } else {
        last = i;
        lastName = other;
      }
    }
    return after(last == open ? open : lastLine(lines, last, end), open, added, lines);
  }

  private Inserted before(int at, List<String> added, List<String> lines) {
    int length = added.size();
    if (apart) {
      added.add("");
    }
    lines.addAll(at, added);
    return new Inserted(String.join("\n", lines), at + 1, length);
  }

  private Inserted after(int at, int open, List<String> added, List<String> lines) {
    int length = added.size();
    int gap = apart && at != open ? 1 : 0;
    if (gap == 1) {
      added.add(0, "");
    }
    lines.addAll(at + 1, added);
    return new Inserted(String.join("\n", lines), at + 2 + gap, length);
  }

  private int opening(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (opening.matcher(lines.get(i)).find()) {
        return i;
      }
    }
    throw Problem.usage(file + " has no line after which a new service is entered")
        .detail("expected one that matches: " + opening)
        .detail("nothing was written");
  }

  /** The line that no longer belongs to what the run stands in. */
  private static int end(List<String> lines, int open, int indent) {
    for (int i = open + 1; i < lines.size(); i++) {
      if (says(lines.get(i)) && indent(lines.get(i)) < indent) {
        return i;
      }
    }
    return lines.size();
  }

  /** The last line of an entry that says anything. */
  private int lastLine(List<String> lines, int from, int end) {
    int last = from;
    for (int i = from + 1; i < end && !entry.matcher(lines.get(i)).matches(); i++) {
      if (says(lines.get(i))) {
        last = i;
      }
    }
    return last;
  }

  /** Where an entry starts, with the comment that stands right above it. */
  private static int withComments(List<String> lines, int entry, int open) {
    int start = entry;
    while (start - 1 > open && lines.get(start - 1).strip().startsWith("#")) {
      start--;
    }
    return start;
  }

  private static boolean says(String line) {
    return !line.isBlank() && !line.strip().startsWith("#");
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** As the names of hosts with ports are ordered: cart-api:9464 before cart:9464. */
  private static String order(String name) {
    return name.isEmpty() ? "" : name + ":";
  }

  /**
   * A text in which an entry was put.
   *
   * @param line where the entry begins, from 1
   * @param lines how many it has
   */
  record Inserted(String text, int line, int lines) {
    Inserted {
      requireNonNull(text, "text is null");
    }
  }
}
