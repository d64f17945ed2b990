package dev.platformkit.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** What a request is answered with. */
public record HttpReply(int status, String type, Map<String, String> headers, String body) {
  public HttpReply {
    requireNonNull(type, "type is null");
    headers = Map.copyOf(headers);
    requireNonNull(body, "body is null");
  }

  /** This value as JSON. */
  public static HttpReply json(int status, Object value) {
    return new HttpReply(status, "application/json", Map.of(), Json.write(value));
  }

  /** No more than a status. */
  static HttpReply nothing(int status) {
    return new HttpReply(status, "", Map.of(), "");
  }

  HttpReply type(String other) {
    return new HttpReply(status, other, headers, body);
  }

  public HttpReply header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, type, more, body);
  }

  ByteBuffer bytes() {
    return ByteBuffer.wrap(body.getBytes(UTF_8));
  }
}
