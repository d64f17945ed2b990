package dev.platformkit.kit.http;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One thing that can be asked over HTTP: {@code GET /v1/products/{id}}. The template, never the
 * path itself, names it in metrics and spans.
 */
public record Route(String method, String template, int largestBody, LaterHandler handler) {
  private static final int LARGEST_BODY = 64 * 1024;

  public Route {
    requireNonNull(method, "method is null");
    requireNonNull(template, "template is null");
    requireNonNull(handler, "handler is null");
  }

  /** A route that is answered at once. */
  public Route(String method, String template, int largestBody, Handler handler) {
    this(
        method,
        template,
        largestBody,
        (LaterHandler) request -> CompletableFuture.completedFuture(handler.handle(request)));
  }

  /** A route that is answered at once, for bodies of the usual size. */
  public Route(String method, String template, Handler handler) {
    this(method, template, LARGEST_BODY, handler);
  }

  /** Answers a request, or throws an {@link HttpProblem}. */
  public interface Handler {
    HttpReply handle(HttpRequest request);
  }

  /**
   * Answers a request when it can, so that no thread waits for it; throws an {@link HttpProblem},
   * or ends with one.
   */
  public interface LaterHandler {
    CompletionStage<HttpReply> handle(HttpRequest request);
  }
}
