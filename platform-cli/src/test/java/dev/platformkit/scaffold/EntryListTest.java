package dev.platformkit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.scaffold.EntryList.Inserted;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EntryListTest {
  private static final String JOBS =
      """
      global: 5s # as production
      jobs:
        - job: cart-api
          at: 1

        # Two instances.
        - job: cart
          at: 2 # for now
          # nothing more

        - job: user
          at: 3

        # Asked from outside.
        - job: probe
          at: 4
      # the end
      """;

  private final EntryList list =
      new EntryList("jobs.yaml", Pattern.compile("^jobs:"), Pattern.compile("  - job: (.+)"), true);

  @Test
  void anEntryStandsBeforeTheFirstWhoseNameComesLaterAndThatOnesComment() {
    assertThat(add("carrier", JOBS).text())
        .isEqualTo(
            JOBS.replace(
                "  - job: cart-api\n", "  - job: carrier\n    at: 9\n\n  - job: cart-api\n"));
    assertThat(add("cart-b", JOBS).text())
        .isEqualTo(JOBS.replace("  # Two ins", "  - job: cart-b\n    at: 9\n\n  # Two ins"));
  }

  @Test
  void theRunEndsWhereNamesNoLongerAscend() {
    assertThat(add("zebra", JOBS).text())
        .isEqualTo(JOBS.replace("    at: 3\n", "    at: 3\n\n  - job: zebra\n    at: 9\n"));
  }

  @Test
  void whereItStandsIsTold() {
    Inserted inserted = add("zebra", JOBS);

    assertThat(inserted.text().lines().toList().get(inserted.line() - 1))
        .isEqualTo("  - job: zebra");
    assertThat(inserted.lines()).isEqualTo(2);
  }

  @Test
  void theFirstEntryStandsRightAfterTheLineThatOpensTheRun() {
    assertThat(add("zebra", "jobs:\n\nother: 1\n").text())
        .isEqualTo("jobs:\n  - job: zebra\n    at: 9\n\nother: 1\n");
  }

  @Test
  void aRunEndsWithWhatItStandsIn() {
    String text = "jobs:\n  - job: a\n    at: 1\n\nother:\n  - job: b\n";

    assertThat(add("c", text).text())
        .isEqualTo("jobs:\n  - job: a\n    at: 1\n\n  - job: c\n    at: 9\n\nother:\n  - job: b\n");
  }

  @Test
  void aLastLineWithoutAnEndStaysOne() {
    assertThat(add("b", "jobs:\n  - job: a").text())
        .isEqualTo("jobs:\n  - job: a\n\n  - job: b\n    at: 9");
  }

  @Test
  void theOrderInWhichEntriesAreAddedDoesNotMatter() {
    String oneWay = add("zebra", add("cart-c", add("cart-b", JOBS).text()).text()).text();
    String another = add("cart-b", add("zebra", add("cart-c", JOBS).text()).text()).text();

    assertThat(oneWay).isEqualTo(another);
  }

  @Test
  void aFileThatLostTheLineIsRefusedByName() {
    assertThatThrownBy(() -> add("b", "tasks:\n"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(problem).hasMessageStartingWith("jobs.yaml has no line");
              assertThat(problem.details()).contains("expected one that matches: ^jobs:");
            });
  }

  private Inserted add(String name, String text) {
    return list.add(name, "  - job: " + name + "\n    at: 9\n", text);
  }
}
