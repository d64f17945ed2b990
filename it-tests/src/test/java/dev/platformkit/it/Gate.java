package dev.platformkit.it;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A server in front of another, as companies have them: it speaks TLS, lets in only who shows what
 * it wants to see, and nobody to anything but reading. Whoever tries is remembered.
 */
final class Gate implements AutoCloseable {
  private final String upstream;
  private final Predicate<Headers> guard;
  private final boolean readOnly;
  private final HttpsServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile Tamper tamper = (call, answer) -> answer;

  /** What a broken or lying server does to an answer. */
  @FunctionalInterface
  interface Tamper {
    /**
     * The answer that is given instead.
     *
     * @param call method, path and query
     */
    Answer instead(String call, Answer answer) throws IOException;
  }

  /** An answer of the server behind. */
  record Answer(int status, String body) {}

  /**
   * Opens it on a free port.
   *
   * @param upstream the server behind, without a slash at the end
   * @param guard lets in who sends such headers
   * @param readOnly whether only {@code GET} and searches are passed on
   */
  Gate(SSLContext tls, String upstream, Predicate<Headers> guard, boolean readOnly) {
    this.upstream = upstream;
    this.guard = guard;
    this.readOnly = readOnly;
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  String url() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  /** Alters answers from now on. */
  void tamper(Tamper with) {
    tamper = with;
  }

  /** What somebody tried who was let in, and was not passed on. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      if (!guard.test(exchange.getRequestHeaders())) {
        answer(exchange, new Answer(401, "who are you?"));
      } else if (readOnly && !call.startsWith("GET ") && !isSearch(exchange)) {
        refused.add(call);
        answer(exchange, new Answer(403, "only reading here"));
      } else {
        answer(exchange, tamper.instead(call, ask(exchange, body)));
      }
    }
  }

  private static boolean isSearch(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("POST")
        && exchange.getRequestURI().getPath().endsWith("/_search");
  }

  private Answer ask(HttpExchange exchange, byte[] body) throws IOException {
    URI uri = URI.create(upstream + exchange.getRequestURI());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : List.of("Content-Type", "Authorization", "traceparent")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null && !(readOnly && name.equals("Authorization"))) {
        request.header(name, value);
      }
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
