package dev.platformkit.it.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Status.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is refused, as tables beside this class have it, one row for each:
 *
 * <pre>
 * Register        | a name too long      | NOBODY | INVALID name          | {'name':'&lt;65&gt;'}
 * SetRole         | nobody has this id   | ADMIN  | NOT_FOUND UNKNOWN_USER | {'user_id':'$somebody'}
 * POST /v1/orders | too many at a time   | ADMIN  | 400 INVALID lines     | {'lines':[&lt;101 of 1&gt;]}
 * </pre>
 *
 * {@code <65>} stands for so many letters, {@code <3 of x>} for {@code x,x,x}, and {@code $name}
 * for somebody, or for a text, that only the running shop knows.
 */
final class Table {
  private static final Pattern COLUMNS = Pattern.compile("\\s*\\|\\s*");
  private static final Pattern LETTERS = Pattern.compile("<(\\d+)>");
  private static final Pattern LIST = Pattern.compile("<(\\d+) of (.+?)>");
  private static final Pattern WORDS = Pattern.compile(" ");
  private static final Pattern MESSAGES = Pattern.compile(" then ");

  private final Map<String, Asker> askers = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();

  /** Knows those whom all know. */
  static Table ofEverybody() {
    Table table = new Table();
    Arrays.stream(Who.values()).forEach(who -> table.askers.put(who.name(), who));
    return table;
  }

  Table with(String name, Asker asker) {
    askers.put("$" + name, asker);
    return this;
  }

  Table with(String name, String text) {
    texts.put("$" + name, text);
    return this;
  }

  /** Calls that a service refuses. */
  Stream<BadInput> calls(String service) {
    return rows(service + ".calls.txt").map(this::call);
  }

  /** Requests that the gateway refuses for this service. */
  Stream<BadRequest> requests(String service) {
    return rows(service + ".requests.txt").map(this::request);
  }

  /** The rows of a file, each with what stands in its columns. */
  Stream<List<String>> rows(String file) {
    try (InputStream table = Table.class.getResourceAsStream(file)) {
      if (table == null) {
        throw new AssertionError("there is no " + file);
      }
      return new String(table.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> COLUMNS.splitAsStream(line).map(this::written).toList())
              .toList()
              .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BadInput call(List<String> row) {
    String[] messages = MESSAGES.split(row.get(4), -1);
    BadInput bad = BadInput.of(row.get(1), asker(row), row.get(0), refused(row.get(3)), messages);
    return row.size() > 5 ? bad.countedIn(row.get(5)) : bad;
  }

  private static Refused refused(String written) {
    List<String> words = WORDS.splitAsStream(written).toList();
    return words.get(0).equals("INVALID")
        ? Refused.invalid(words.stream().skip(1).toArray(String[]::new))
        : Refused.with(Code.valueOf(words.get(0)), words.get(1));
  }

  private BadRequest request(List<String> row) {
    List<String> question = WORDS.splitAsStream(row.get(0)).toList();
    List<String> answer = WORDS.splitAsStream(row.get(3)).toList();
    return new BadRequest(
        row.get(1),
        question.get(0),
        question.get(1),
        asker(row),
        row.size() > 4 ? Json.of(row.get(4)) : "",
        Integer.parseInt(answer.get(0)),
        answer.size() > 1 ? answer.get(1) : "",
        answer.stream().skip(2).toList());
  }

  private Asker asker(List<String> row) {
    Asker asker = askers.get(row.get(2));
    if (asker == null) {
      throw new AssertionError("nobody is called " + row.get(2) + " in " + row);
    }
    return asker;
  }

  private String written(String cell) {
    String letters =
        LETTERS.matcher(cell).replaceAll(m -> "x".repeat(Integer.parseInt(m.group(1))));
    String lists =
        LIST.matcher(letters)
            .replaceAll(
                m ->
                    Matcher.quoteReplacement(
                        Stream.generate(() -> m.group(2))
                            .limit(Integer.parseInt(m.group(1)))
                            .collect(Collectors.joining(","))));
    String whole = lists;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      whole = whole.replace(text.getKey(), text.getValue());
    }
    return whole;
  }
}
