package dev.platformkit.terminal;

import dev.platformkit.problem.Problem;

/** How a {@link Problem} looks at the terminal. */
public final class ProblemText {
  private ProblemText() {}

  /** The problem in full, ending in a line end. */
  public static String of(Problem problem, Console console) {
    StringBuilder text = new StringBuilder();
    text.append(console.bad()).append(' ').append(problem.getMessage()).append('\n');
    problem.details().forEach(detail -> text.append("  ").append(detail).append('\n'));
    String label = "  try: ";
    for (String command : problem.tries()) {
      text.append(label).append(command).append('\n');
      label = "       ";
    }
    return text.toString();
  }
}
