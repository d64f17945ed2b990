package dev.platformkit.kit.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A request that is refused, answered as {@code application/problem+json} (RFC 9457):
 *
 * <pre>
 * {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": "name is too long",
 *  "reason": "INVALID", "errors": [{"field": "name", "problem": "is too long"}],
 *  "request_id": "7f0c…"}
 * </pre>
 *
 * {@code reason} and {@code errors} stand there where something is known about them.
 */
public final class HttpProblem extends RuntimeException {
  private final int status;
  private final String reason;
  private final List<FieldError> errors;
  private final Map<String, String> headers;

  private HttpProblem(
      int status,
      String detail,
      String reason,
      List<FieldError> errors,
      Map<String, String> headers,
      Throwable cause) {
    super(detail, cause);
    this.status = status;
    this.reason = requireNonNull(reason, "reason is null");
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
  }

  /** What is wrong with one field of a request, by its path. */
  public record FieldError(String field, String problem) {
    public FieldError {
      requireNonNull(field, "field is null");
      requireNonNull(problem, "problem is null");
    }
  }

  /**
   * A problem with this status.
   *
   * @param detail what is wrong with this very request, for whoever made it
   */
  public static HttpProblem of(int status, String detail) {
    return new HttpProblem(status, detail, "", List.of(), Map.of(), null);
  }

  public HttpProblem causedBy(Throwable cause) {
    return new HttpProblem(status, getMessage(), reason, errors, headers, cause);
  }

  /** What programs go by. */
  public HttpProblem because(String word) {
    return new HttpProblem(status, getMessage(), word, errors, headers, getCause());
  }

  public HttpProblem error(String field, String problem) {
    List<FieldError> more = new ArrayList<>(errors);
    more.add(new FieldError(field, problem));
    return new HttpProblem(status, getMessage(), reason, more, headers, getCause());
  }

  public HttpProblem header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new HttpProblem(status, getMessage(), reason, errors, more, getCause());
  }

  public int status() {
    return status;
  }

  HttpReply reply(String requestId) {
    HttpReply reply =
        HttpReply.json(
                status,
                new Body(
                    "about:blank",
                    HttpStatus.getMessage(status),
                    status,
                    getMessage(),
                    reason.isEmpty() ? null : reason,
                    errors.isEmpty() ? null : errors,
                    requestId))
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
      List<FieldError> errors,
      String requestId) {}
}
