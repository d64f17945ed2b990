package dev.platformkit.source;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import java.util.List;
import java.util.Optional;

/** A value in a YAML or JSON file that knows where it stands. */
public sealed interface Node {
  Position position();

  /** What a reader would call this value: {@code a mapping}, {@code a list}, {@code "text"}. */
  String describe();

  /** This value as a mapping; anything else is bad usage, told with its place. */
  default Mapping asMapping() {
    throw unexpected("a mapping");
  }

  /** This value as a list; anything else is bad usage, told with its place. */
  default Sequence asSequence() {
    throw unexpected("a list");
  }

  /** This value as text; a mapping or a list is bad usage, told with its place. */
  default String asText() {
    throw unexpected("text");
  }

  /** This value as a whole number; anything else is bad usage, told with its place. */
  default int asInt() {
    throw unexpected("a whole number");
  }

  /** This value as true or false; anything else is bad usage, told with its place. */
  default boolean asFlag() {
    throw unexpected("true or false");
  }

  /** The complaint that something else was expected here. */
  default Problem unexpected(String expected) {
    return Problem.usage(position() + "  expected " + expected + ", found " + describe());
  }

  /**
   * A single value.
   *
   * @param text its characters after YAML's own unescaping
   * @param plain written without quotes, so that {@code ~} and an empty value mean null
   */
  record Scalar(Position position, String text, boolean plain) implements Node {
    public Scalar {
      requireNonNull(position, "position is null");
      requireNonNull(text, "text is null");
    }

    /** Whether this is YAML's null: nothing, {@code ~} or {@code null}, unquoted. */
    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String describe() {
      return isNull() ? "nothing" : '"' + text + '"';
    }

    @Override
    public String asText() {
      return text;
    }

    @Override
    public int asInt() {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw unexpected("a whole number").causedBy(e);
      }
    }

    @Override
    public boolean asFlag() {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw unexpected("true or false");
      };
    }
  }

  /** A list. */
  record Sequence(Position position, List<Node> items) implements Node {
    public Sequence {
      requireNonNull(position, "position is null");
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }

    @Override
    public Sequence asSequence() {
      return this;
    }

    /** Every item as text. */
    public List<String> texts() {
      return items.stream().map(Node::asText).toList();
    }
  }

  /** A mapping, in the order of the file, merge keys ({@code <<}) resolved. */
  record Mapping(Position position, List<Entry> entries) implements Node {
    /** One key of a mapping, the place where it stands, and its value. */
    public record Entry(Position position, String key, Node value) {
      public Entry {
        requireNonNull(position, "position is null");
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
      }
    }

    public Mapping {
      requireNonNull(position, "position is null");
      entries = List.copyOf(entries);
    }

    /** The value of a key; empty where the key is missing or its value is null. */
    public Optional<Node> get(String key) {
      return entry(key)
          .map(Entry::value)
          .filter(value -> !(value instanceof Scalar scalar && scalar.isNull()));
    }

    /** The entry of a key, also where its value is null. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(e -> e.key().equals(key)).findFirst();
    }

    /** The value of a key that must be there. */
    public Node require(String key) {
      return get(key)
          .orElseThrow(() -> Problem.usage(position + "  the key \"" + key + "\" is missing"));
    }

    /** Refuses every key but those named, and says the nearest of them. */
    public void allowOnly(List<String> known) {
      for (Entry entry : entries) {
        if (!known.contains(entry.key()) && !entry.key().startsWith("x-")) {
          Problem problem =
              Problem.usage(entry.position() + "  unknown key \"" + entry.key() + "\"");
          throw Nearest.of(entry.key(), known)
              .map(near -> problem.detail("did you mean \"" + near + "\"?"))
              .orElse(problem)
              .detail("known here: " + String.join(", ", known));
        }
      }
    }

    @Override
    public String describe() {
      return "a mapping";
    }

    @Override
    public Mapping asMapping() {
      return this;
    }
  }
}
