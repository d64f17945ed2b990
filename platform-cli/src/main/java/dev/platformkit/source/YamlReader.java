package dev.platformkit.source;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML (and so JSON) into {@link Node}s. Anchors, aliases and merge keys are resolved;
 * nesting and the number of values are bounded, so that a hostile file ends in an error and not in
 * a full heap.
 */
public final class YamlReader {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_NODES = 1_000_000;

  /**
   * A value that aliases may repeat, and how many values it holds: a few lines of aliases of
   * aliases stand for more than any memory holds.
   */
  private record Anchored(Node node, int size) {}

  private final String file;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;

  private YamlReader(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  /**
   * Reads a file of one document.
   *
   * @param path the file
   * @param shownAs how positions name it
   * @throws Problem exit 2, with file and, where it is known, line and column
   */
  public static Node read(Path path, String shownAs) {
    try {
      return parse(Files.readString(path), shownAs);
    } catch (IOException e) {
      throw Problem.usage("cannot read " + shownAs + ": " + reason(e)).causedBy(e);
    }
  }

  /** Reads text of one document; positions name it {@code shownAs}. */
  public static Node parse(String text, String shownAs) {
    try {
      List<Node> documents = documents(text, shownAs);
      if (documents.size() > 1) {
        throw new Unreadable(
            documents.get(1).position(), "a second document starts here; one is expected");
      }
      return documents.isEmpty()
          ? new Node.Scalar(new Position(shownAs, 1, 1), "", true)
          : documents.get(0);
    } catch (Unreadable e) {
      throw Problem.usage(e.position() + "  " + e.getMessage()).causedBy(e);
    }
  }

  /**
   * Reads every document of a text; positions name it {@code shownAs}.
   *
   * @throws Unreadable where it is not valid YAML
   */
  public static List<Node> documents(String text, String shownAs) {
    try {
      Parse parser = new Parse(LoadSettings.builder().setLabel(shownAs).build());
      return new YamlReader(shownAs, parser.parseString(text).iterator()).documents();
    } catch (MarkedYamlEngineException e) {
      // What is never closed is found missing at the end; where it was opened says more.
      boolean atEnd = String.valueOf(e.getProblem()).contains("<stream end>");
      Position where =
          (atEnd ? e.getContextMark().or(e::getProblemMark) : e.getProblemMark())
              .map(mark -> new Position(shownAs, mark.getLine() + 1, mark.getColumn() + 1))
              .orElse(new Position(shownAs, 1, 1));
      throw new Unreadable(where, "not valid YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new Unreadable(
          new Position(shownAs, 1, 1), "not valid YAML: " + firstLine(e.getMessage()), e);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("unknown reason");
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "there is no such file" : e.toString();
  }

  private List<Node> documents() {
    List<Node> documents = new ArrayList<>();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case DocumentStart -> anchors.clear();
        case Alias, Scalar, SequenceStart, MappingStart -> documents.add(node(event, 0));
        default -> {}
      }
    }
    return List.copyOf(documents);
  }

  private Node node(Event event, int depth) {
    int before = nodes++;
    if (depth > MAX_DEPTH || nodes > MAX_NODES) {
      throw tooLarge(event);
    }
    if (event instanceof AliasEvent alias) {
      Anchored anchored = anchors.get(alias.getAlias().getValue());
      if (anchored == null) {
        throw new Unreadable(at(event), "no anchor &" + alias.getAlias() + " before this alias");
      }
      nodes += anchored.size();
      if (nodes > MAX_NODES) {
        throw tooLarge(event);
      }
      return anchored.node();
    }
    if (event instanceof ScalarEvent scalar) {
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      return anchored(
          scalar.getAnchor(), before, new Node.Scalar(at(event), scalar.getValue(), plain));
    }
    if (event instanceof SequenceStartEvent sequence) {
      List<Node> items = new ArrayList<>();
      for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
        items.add(node(e, depth + 1));
      }
      return anchored(sequence.getAnchor(), before, new Node.Sequence(at(event), items));
    }
    MappingStartEvent mapping = (MappingStartEvent) event;
    return anchored(mapping.getAnchor(), before, mapping(at(event), depth));
  }

  private Node.Mapping mapping(Position start, int depth) {
    Map<String, Node.Mapping.Entry> own = new LinkedHashMap<>();
    Map<String, Node.Mapping.Entry> merged = new LinkedHashMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      Position position = at(e);
      String key = key(node(e, depth + 1));
      Node value = node(events.next(), depth + 1);
      if (key.equals("<<")) {
        merge(value).forEach(merged::putIfAbsent);
      } else if (own.put(key, new Node.Mapping.Entry(position, key, value)) != null) {
        throw new Unreadable(position, "the key \"" + key + "\" stands here a second time");
      }
    }
    merged.forEach(own::putIfAbsent);
    return new Node.Mapping(start, List.copyOf(own.values()));
  }

  private static String key(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    throw new Unreadable(node.position(), "expected a text as key, found " + node.describe());
  }

  private static Map<String, Node.Mapping.Entry> merge(Node value) {
    List<Node> sources =
        value instanceof Node.Sequence sequence ? sequence.items() : List.of(value);
    Map<String, Node.Mapping.Entry> merged = new LinkedHashMap<>();
    for (Node source : sources) {
      if (!(source instanceof Node.Mapping mapping)) {
        throw new Unreadable(
            source.position(), "expected a mapping to merge, found " + source.describe());
      }
      mapping.entries().forEach(e -> merged.putIfAbsent(e.key(), e));
    }
    return merged;
  }

  private Node anchored(Optional<Anchor> anchor, int before, Node node) {
    anchor.ifPresent(a -> anchors.put(a.getValue(), new Anchored(node, nodes - before)));
    return node;
  }

  private Unreadable tooLarge(Event event) {
    return new Unreadable(at(event), "nested too deeply, or too large");
  }

  private Position at(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(new Position(file, 1, 1));
  }
}
