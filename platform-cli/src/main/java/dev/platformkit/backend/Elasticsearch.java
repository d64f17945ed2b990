package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log store: what Filebeat has put into Elasticsearch. */
public final class Elasticsearch {
  private static final String REJECTED = "rejected-logs";
  private static final String USUAL = "filebeat-*," + REJECTED;
  private static final int MOST = 10_000;

  private final HttpServer server;
  private final String indices;

  public Elasticsearch(HttpServer server) {
    this(server, USUAL);
  }

  /**
   * A store whose lines are in other indices.
   *
   * @param indices as a path names them, for example {@code logs-*,audit}
   */
  public Elasticsearch(HttpServer server, String indices) {
    this.server = requireNonNull(server, "server is null");
    this.indices = requireNonNull(indices, "indices is null");
  }

  /**
   * One stored line.
   *
   * @param containerName under which it is looked for; empty where the store does not say
   * @param spanId that it says it was written in; empty where it does not
   * @param original the line as the container wrote it, without its line end
   * @param mark what no other line has, so two documents with the same are one line stored twice
   * @param time that it is found under; empty where that is no time
   * @param altered what it is found by and does not say itself, for people; empty where that agrees
   * @param fields what people look for it by, of what it has: its message, its level, and who wrote
   *     it
   */
  public record Line(
      String containerId,
      String containerName,
      String service,
      String traceId,
      String spanId,
      String original,
      String mark,
      Optional<Instant> time,
      Optional<String> altered,
      Map<String, String> fields) {
    public Line {
      requireNonNull(containerId, "containerId is null");
      requireNonNull(containerName, "containerName is null");
      requireNonNull(service, "service is null");
      requireNonNull(traceId, "traceId is null");
      requireNonNull(spanId, "spanId is null");
      requireNonNull(original, "original is null");
      requireNonNull(mark, "mark is null");
      requireNonNull(time, "time is null");
      requireNonNull(altered, "altered is null");
      fields = Map.copyOf(fields);
    }

    /** A line of which the store says neither time nor place. */
    public Line(String containerId, String service, String traceId, String original) {
      this(
          containerId,
          "",
          service,
          traceId,
          "",
          original,
          String.join("\n", containerId, "", original),
          Optional.empty(),
          Optional.empty(),
          service.isEmpty() ? Map.of() : Map.of("service.name", service));
    }

    /** What it says, whether it is kept as it was written or not. */
    public String text() {
      return original.isEmpty() ? fields.getOrDefault(LineFields.MESSAGE, "") : original;
    }
  }

  /** The lines that carry one of these trace ids and can be found by it. */
  public List<Line> linesOf(Collection<String> traceIds) {
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", MOST);
    ArrayNode ids = query.putObject("query").putObject("terms").putArray("trace.id");
    traceIds.forEach(ids::add);
    return lines(query);
  }

  /** When and by whom a line was written. */
  public record Place(String containerId, Instant time) {
    public Place {
      requireNonNull(containerId, "containerId is null");
      requireNonNull(time, "time is null");
    }
  }

  /** The lines that can be found by who wrote them, and when, give or take two milliseconds. */
  public List<Line> linesAt(Collection<Place> places) {
    if (places.isEmpty()) {
      return List.of(); // of no conditions, the store takes any to be met
    }
    ObjectNode query = HttpServer.JSON.createObjectNode();
    ArrayNode any = anyOf(query);
    for (Place place : places) {
      ArrayNode both = any.addObject().putObject("bool").putArray("filter");
      both.addObject().putObject("term").put("container.id", place.containerId());
      at(place.time(), both.addObject());
    }
    return lines(query);
  }

  /** The lines of those moments that the store would not take, whoever wrote them. */
  public List<Refusal> refusalsAt(Collection<Place> places) {
    if (places.isEmpty()) {
      return List.of();
    }
    ObjectNode query = HttpServer.JSON.createObjectNode();
    ArrayNode any = anyOf(query);
    places.forEach(place -> at(place.time(), any.addObject()));
    return refusals(query);
  }

  /**
   * By which of its fields a stored line cannot be found, though the store has it: it keeps what
   * its mapping does not let anybody look for. None where the line has no time.
   */
  public List<String> notFoundBy(Line line) {
    if (line.time().isEmpty() || line.fields().isEmpty()) {
      return List.of();
    }
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", 0);
    ArrayNode there = query.putObject("query").putObject("bool").putArray("filter");
    there.addObject().putObject("term").put("container.id", line.containerId());
    at(line.time().get(), there.addObject());
    ObjectNode each =
        query.putObject("aggs").putObject("by").putObject("filters").putObject("filters");
    line.fields().forEach((name, value) -> phrase(value, name, each.putObject(name)));
    JsonNode found = search(indices, query).at("/aggregations/by/buckets");
    return line.fields().keySet().stream()
        .filter(name -> found.path(name).path("doc_count").asLong() == 0)
        .sorted()
        .toList();
  }

  /** A text, cut into words by the store itself as it cuts what it stores. */
  private static void phrase(String text, String field, ObjectNode query) {
    ObjectNode match = query.putObject("multi_match");
    match.put("query", text).put("type", "phrase").put("lenient", true);
    match.putArray("fields").add(field);
  }

  private static ArrayNode anyOf(ObjectNode query) {
    query.put("size", MOST);
    return query.putObject("query").putObject("bool").putArray("should");
  }

  private static void at(Instant time, ObjectNode query) {
    query
        .putObject("range")
        .putObject("@timestamp")
        .put("gte", time.minusMillis(2).toEpochMilli())
        .put("lte", time.plusMillis(2).toEpochMilli())
        .put("format", "epoch_millis");
  }

  /** The time of the oldest line, those kept apart not counted; empty where there is none. */
  public Optional<Instant> oldest() {
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", 0);
    ObjectNode oldest = query.putObject("aggs").putObject("oldest");
    oldest.putObject("min").put("field", "@timestamp");
    JsonNode answer = search(taken(), query).at("/aggregations/oldest/value");
    return answer.isNumber()
        ? Optional.of(Instant.ofEpochMilli(answer.asLong()))
        : Optional.empty();
  }

  /** The indices, whatever their names, that hold lines of a container since some time. */
  public List<String> indicesOf(String containerId, Instant since) {
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", 0);
    ArrayNode must = query.putObject("query").putObject("bool").putArray("filter");
    must.addObject().putObject("term").put("container.id", containerId);
    must.addObject()
        .putObject("range")
        .putObject("@timestamp")
        .put("gte", since.toEpochMilli())
        .put("format", "epoch_millis");
    query.putObject("aggs").putObject("where").putObject("terms").put("field", "_index");
    List<String> indices = new ArrayList<>();
    for (JsonNode bucket : search("*", query).at("/aggregations/where/buckets")) {
      indices.add(bucket.path("key").asText());
    }
    return List.copyOf(indices);
  }

  /** The latest lines of a container, whatever they carry. */
  public List<Line> latestOf(String containerId) {
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", MOST);
    query.putObject("query").putObject("term").put("container.id", containerId);
    query.putArray("sort").addObject().putObject("@timestamp").put("order", "desc");
    return lines(query);
  }

  /** The latest lines of anybody, those kept apart not counted. */
  public List<Line> latest(int most) {
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", most);
    query.putArray("sort").addObject().putObject("@timestamp").put("order", "desc");
    return lines(taken(), query);
  }

  /** The indices without what is kept apart. */
  private String taken() {
    return indices + ",-" + REJECTED;
  }

  private List<Line> lines(ObjectNode query) {
    return lines(indices, query);
  }

  private List<Line> lines(String index, ObjectNode query) {
    ArrayNode fields = query.putArray("_source");
    List.of(
            "container.id",
            "container.name",
            "service.name",
            "trace.id",
            "span.id",
            "event.original",
            "message",
            "log.level",
            "log.offset",
            "@timestamp")
        .forEach(fields::add);
    List<Line> lines = new ArrayList<>();
    for (JsonNode hit : search(index, query).at("/hits/hits")) {
      JsonNode source = hit.path("_source");
      lines.add(
          new Line(
              field(source, "container.id"),
              field(source, "container.name"),
              field(source, "service.name"),
              field(source, "trace.id"),
              field(source, "span.id"),
              field(source, "event.original").stripTrailing(),
              mark(source),
              time(field(source, "@timestamp")),
              LineFields.altered(source),
              LineFields.of(source)));
    }
    return List.copyOf(lines);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // it may be written in another way
    }
  }

  /**
   * How many stored lines hold a text, in whatever field. Fields are stored as words, so it is
   * looked for as the words that the store makes of it, one after the other.
   */
  public long linesWith(String text) {
    if (text.chars().noneMatch(Character::isLetterOrDigit)) {
      throw new IllegalArgumentException("no letters or digits to look for");
    }
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", 0);
    query.put("track_total_hits", true);
    phrase(text, "*", query.putObject("query"));
    return search(indices, query).at("/hits/total/value").asLong();
  }

  /** How many lines the store would not take as they were and keeps apart. */
  public long rejected() {
    return server.json(lenient(HttpCall.get("/" + REJECTED + "/_count"))).path("count").asLong();
  }

  /** Why the store would not take lines with one of these trace ids, once per line. */
  public List<String> refusalsOf(Collection<String> traceIds) {
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", MOST);
    ArrayNode should = query.putObject("query").putObject("bool").putArray("should");
    traceIds.forEach(id -> should.addObject().putObject("match_phrase").put("message", id));
    List<String> reasons = new ArrayList<>();
    for (JsonNode hit : search(REJECTED, query).at("/hits/hits")) {
      reasons.add(field(hit.path("_source"), "error.message"));
    }
    return List.copyOf(reasons);
  }

  /** The last lines that the store would not take, the oldest first. */
  public List<Refusal> refusals(int most) {
    ObjectNode query = HttpServer.JSON.createObjectNode();
    query.put("size", Math.min(most, MOST));
    query.putArray("sort").addObject().put("@timestamp", "desc");
    List<Refusal> refusals = new ArrayList<>(refusals(query));
    Collections.reverse(refusals);
    return List.copyOf(refusals);
  }

  private List<Refusal> refusals(ObjectNode query) {
    List<Refusal> refusals = new ArrayList<>();
    for (JsonNode hit : search(REJECTED, query).at("/hits/hits")) {
      refusals.add(Refusal.of(hit.path("_source")));
    }
    return refusals;
  }

  /** How many lines are stored and can be found, those kept apart included. */
  public long count() {
    return server.json(lenient(HttpCall.get("/" + indices + "/_count"))).path("count").asLong();
  }

  /**
   * How many documents the indices have taken in since their nodes started, whether they can be
   * found yet or not.
   */
  public long indexed() {
    return server
        .json(lenient(HttpCall.get("/" + indices + "/_stats/indexing")))
        .at("/_all/primaries/indexing/index_total")
        .asLong();
  }

  /** Where a person sees the lines of a trace. */
  public String page(String traceId) {
    return server.url("/" + indices + "/_search?q=trace.id:" + traceId);
  }

  /** Where a line stood in its container's log; its time where the store does not say. */
  private static String mark(JsonNode source) {
    String offset = field(source, "log.offset");
    String original = field(source, "event.original").stripTrailing();
    return String.join(
        "\n",
        field(source, "container.id"),
        offset.isEmpty() ? field(source, "@timestamp") : offset,
        original.isEmpty() ? field(source, "message") : original);
  }

  private JsonNode search(String index, ObjectNode query) {
    HttpCall call =
        lenient(HttpCall.of("POST", "/" + index + "/_search"))
            .body("application/json", query.toString());
    HttpAnswer answer = server.sendGood(call);
    JsonNode result = server.parse(call, answer);
    if (result.path("timed_out").asBoolean() || result.at("/_shards/failed").asInt() > 0) {
      throw server.wrong(call, "an answer of every shard", answer);
    }
    return result;
  }

  private static HttpCall lenient(HttpCall call) {
    return call.query("ignore_unavailable", "true").query("allow_no_indices", "true");
  }

  /** A text as an object of JSON; one without fields where it is none. */
  static JsonNode object(String text) {
    try {
      JsonNode json = HttpServer.JSON.readTree(text);
      return json.isObject() ? json : HttpServer.JSON.createObjectNode();
    } catch (JsonProcessingException e) {
      return HttpServer.JSON.createObjectNode(); // then it has no fields
    }
  }

  /** A field by its dotted name, whether it is stored as objects in objects or under that name. */
  static String field(JsonNode source, String name) {
    JsonNode flat = source.path(name);
    return flat.isMissingNode() ? source.at("/" + name.replace('.', '/')).asText() : flat.asText();
  }
}
