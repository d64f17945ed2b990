package dev.platformkit.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** A request whose body has arrived in full. */
public final class HttpRequest {
  private final Request request;
  private final Map<String, String> path;
  private final byte[] body;
  private final Fields query;

  HttpRequest(Request request, Map<String, String> path, byte[] body) {
    this.request = request;
    this.path = Map.copyOf(path);
    this.body = body;
    try {
      query = Request.extractQueryParameters(request, UTF_8);
    } catch (RuntimeException e) {
      throw HttpProblem.of(400, "the query cannot be read: " + e.getMessage());
    }
  }

  /** The part of the path that stands where the template says {@code {name}}. */
  public String path(String name) {
    return path.get(name);
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.getValue(name));
  }

  /** Every query parameter with its first value. */
  public Map<String, String> query() {
    return query.stream()
        .collect(java.util.stream.Collectors.toMap(Fields.Field::getName, Fields.Field::getValue));
  }

  /** Every query parameter with all its values, in the order in which they came. */
  public Map<String, List<String>> queries() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    query.forEach(field -> all.put(field.getName(), field.getValues()));
    return all;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The body as it came. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** The body, read as a JSON object of this shape. */
  public <T> T json(Class<T> type) {
    try {
      T value = Json.read(text(), type);
      if (value != null) {
        return value;
      }
    } catch (JsonParseException e) {
      throw HttpProblem.of(400, "the body is not the JSON expected here: " + Json.why(e));
    }
    throw HttpProblem.of(400, "the body is empty; a JSON object is expected");
  }
}
