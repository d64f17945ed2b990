package dev.platformkit.kit.http;

import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * What a request is called by those who speak of it: its sender's own name for it where that is one
 * that may stand in a log line, else one that is made here. Answers, spans and log lines have it.
 */
final class RequestId {
  static final String HEADER = "X-Request-Id";

  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The same one whenever it is asked for. */
  static String of(Request request) {
    if (request.getAttribute(HEADER) instanceof String known) {
      return known;
    }
    String said = request.getHeaders().get(HEADER);
    String id =
        said != null && ACCEPTED.matcher(said).matches() ? said : UUID.randomUUID().toString();
    request.setAttribute(HEADER, id);
    return id;
  }
}
