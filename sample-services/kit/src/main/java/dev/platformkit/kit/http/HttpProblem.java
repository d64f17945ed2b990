package dev.platformkit.kit.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpStatus;

/** A request that is refused, answered as {@code application/problem+json}. */
public final class HttpProblem extends RuntimeException {
  private final int status;
  private final Map<String, String> headers;
  private final transient Optional<String> reason;
  private final transient List<FieldError> errors;

  /** What is wrong with one field of the request. */
  public record FieldError(String field, String problem) {}

  private HttpProblem(
      int status,
      String detail,
      Map<String, String> headers,
      Throwable cause,
      Optional<String> reason,
      List<FieldError> errors) {
    super(detail, cause);
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.reason = reason;
    this.errors = List.copyOf(errors);
  }

  /**
   * A problem with this status.
   *
   * @param detail what is wrong with this very request, for whoever made it
   */
  public static HttpProblem of(int status, String detail) {
    return new HttpProblem(status, detail, Map.of(), null, Optional.empty(), List.of());
  }

  public HttpProblem causedBy(Throwable cause) {
    return new HttpProblem(status, getMessage(), headers, cause, reason, errors);
  }

  public HttpProblem header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new HttpProblem(status, getMessage(), more, getCause(), reason, errors);
  }

  /** The same with what programs go by. */
  public HttpProblem because(String why, List<FieldError> fields) {
    return new HttpProblem(status, getMessage(), headers, getCause(), Optional.of(why), fields);
  }

  public int status() {
    return status;
  }

  HttpReply reply() {
    HttpReply reply =
        HttpReply.json(
                status,
                new Body(
                    "about:blank",
                    HttpStatus.getMessage(status),
                    status,
                    getMessage(),
                    reason.orElse(null),
                    errors.isEmpty() ? null : errors))
            .type("application/problem+json");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      reply = reply.header(header.getKey(), header.getValue());
    }
    return reply;
  }

  private record Body(
      String type,
      String title,
      int status,
      String detail,
      String reason,
      List<FieldError> errors) {}
}
