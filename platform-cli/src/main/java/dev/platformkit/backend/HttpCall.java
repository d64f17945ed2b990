package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One question to a server, without the server's address.
 *
 * @param path from the server's base, already percent-encoded where it has to be
 * @param query parameters in their order, encoded when sent
 */
public record HttpCall(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    Optional<Body> body) {

  /** What is sent along. */
  public record Body(String type, String text) {
    public Body {
      requireNonNull(type, "type is null");
      requireNonNull(text, "text is null");
    }
  }

  public HttpCall {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    requireNonNull(body, "body is null");
  }

  public static HttpCall of(String method, String path) {
    return new HttpCall(method, path, Map.of(), Map.of(), Optional.empty());
  }

  public static HttpCall get(String path) {
    return of("GET", path);
  }

  public HttpCall query(String name, String value) {
    return new HttpCall(method, path, with(query, name, value), headers, body);
  }

  public HttpCall header(String name, String value) {
    return new HttpCall(method, path, query, with(headers, name, value), body);
  }

  public HttpCall body(String type, String text) {
    return new HttpCall(method, path, query, headers, Optional.of(new Body(type, text)));
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(map);
    all.put(name, value);
    return all;
  }
}
