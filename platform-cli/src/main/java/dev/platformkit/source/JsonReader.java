package dev.platformkit.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON into {@link Node}s; strict where YAML, its superset, would let things pass. */
public final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final JsonParser parser;

  private JsonReader(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Reads text of one JSON value; positions name it {@code shownAs}.
   *
   * @throws Unreadable where it is not valid JSON
   */
  public static Node parse(String text, String shownAs) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonReader reader = new JsonReader(shownAs, parser);
      if (parser.nextToken() == null) {
        throw new Unreadable(new Position(shownAs, 1, 1), "not valid JSON: the file is empty");
      }
      Node root = reader.node();
      if (parser.nextToken() != null) {
        throw new Unreadable(reader.at(), "not valid JSON: a second value starts here");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new Unreadable(
          position(shownAs, e.getLocation()), "not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node node() throws IOException {
    Position start = at();
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        List<Node.Mapping.Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          Position key = at();
          String name = parser.currentName();
          parser.nextToken();
          entries.add(new Node.Mapping.Entry(key, name, node()));
        }
        yield new Node.Mapping(start, entries);
      }
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node());
        }
        yield new Node.Sequence(start, items);
      }
      case VALUE_STRING -> new Node.Scalar(start, parser.getText(), false);
      default -> new Node.Scalar(start, parser.getText(), true);
    };
  }

  private Position at() {
    return position(file, parser.currentTokenLocation());
  }

  private static Position position(String file, JsonLocation location) {
    return location == null
        ? new Position(file, 1, 1)
        : new Position(
            file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }
}
