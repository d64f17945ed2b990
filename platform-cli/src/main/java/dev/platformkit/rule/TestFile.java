package dev.platformkit.rule;

import static java.util.Objects.requireNonNull;

import dev.platformkit.compose.Shape;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.source.Unreadable;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of promtool's unit tests, as far as is needed to run it and to say where a failure stands:
 *
 * <pre>
 * rule_files: [requests.rules.yaml]
 * tests:
 *   - name: one call in ten that fails is an alert
 *     alert_rule_test:
 *       - { eval_time: 3m, alertname: ErrorsHigh, exp_alerts: [] }
 * </pre>
 *
 * <p>What is not right in it promtool tells; here it is passed over.
 *
 * @param path absolute
 * @param shownAs how it is named to a user
 * @param ruleFiles as written, relative to the file
 * @param tests each with its place
 * @param expectations of all tests, each with its place
 */
public record TestFile(
    Path path,
    String shownAs,
    List<String> ruleFiles,
    List<Test> tests,
    List<Expectation> expectations) {
  /**
   * One entry of {@code tests:}.
   *
   * @param name empty where it has none
   */
  public record Test(Position position, String name) {
    public Test {
      requireNonNull(position, "position is null");
      requireNonNull(name, "name is null");
    }
  }

  /**
   * One thing that a test expects.
   *
   * @param subject the alert's name or the expression
   * @param at when, in milliseconds from the start
   */
  public record Expectation(Position position, Test test, String subject, long at) {
    public Expectation {
      requireNonNull(position, "position is null");
      requireNonNull(test, "test is null");
      requireNonNull(subject, "subject is null");
    }
  }

  public TestFile {
    requireNonNull(path, "path is null");
    requireNonNull(shownAs, "shownAs is null");
    ruleFiles = List.copyOf(ruleFiles);
    tests = List.copyOf(tests);
    expectations = List.copyOf(expectations);
  }

  /**
   * Reads a file.
   *
   * @throws Problem exit 2 when it cannot be opened
   */
  public static TestFile read(Path path, String shownAs) {
    try {
      Node root =
          YamlReader.documents(Files.readString(path), shownAs).stream()
              .findFirst()
              .orElseGet(() -> new Node.Mapping(new Position(shownAs, 1, 1), List.of()));
      return of(path, shownAs, root);
    } catch (Unreadable e) {
      return new TestFile(path, shownAs, List.of(), List.of(), List.of());
    } catch (IOException e) {
      throw Problem.usage("cannot open " + shownAs + ": " + e).causedBy(e);
    }
  }

  private static TestFile of(Path path, String shownAs, Node root) {
    List<Test> tests = new ArrayList<>();
    List<Expectation> expectations = new ArrayList<>();
    for (Node node : Shape.itemsAt(root, "tests")) {
      Test test =
          new Test(node.position(), Shape.scalarAt(node, "name").map(Node.Scalar::text).orElse(""));
      tests.add(test);
      expectations.addAll(expectations(test, Shape.itemsAt(node, "alert_rule_test"), "alertname"));
      expectations.addAll(expectations(test, Shape.itemsAt(node, "promql_expr_test"), "expr"));
    }
    List<String> ruleFiles =
        Shape.itemsAt(root, "rule_files").stream()
            .flatMap(item -> Shape.scalar(item).stream())
            .map(Node.Scalar::text)
            .toList();
    return new TestFile(path, shownAs, ruleFiles, tests, expectations);
  }

  private static List<Expectation> expectations(Test test, List<Node> nodes, String subject) {
    return nodes.stream()
        .map(
            node ->
                new Expectation(
                    node.position(),
                    test,
                    Shape.scalarAt(node, subject).map(Node.Scalar::text).orElse(""),
                    Durations.millis(
                        Shape.scalarAt(node, "eval_time").map(Node.Scalar::text).orElse(""))))
        .toList();
  }

  /**
   * The expectation that promtool speaks of.
   *
   * @param name of its test; empty where promtool does not say
   */
  Optional<Expectation> find(String name, String subject, String at) {
    return expectations.stream()
        .filter(e -> name.isEmpty() || e.test().name().equals(name))
        .filter(e -> e.subject().strip().equals(subject.strip()))
        .filter(e -> e.at() == Durations.millis(at))
        .findFirst();
  }
}
