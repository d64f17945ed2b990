package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * One server that is asked over HTTP. A call is short: what hangs is told as silence within the
 * client's timeout, and whoever needs an answer asks again. Safe for use by several threads.
 */
public final class HttpServer {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

  private final OkHttpClient client;
  private final String name;
  private final HttpUrl base;

  private HttpServer(OkHttpClient client, String name, HttpUrl base) {
    this.client = requireNonNull(client, "client is null");
    this.name = requireNonNull(name, "name is null");
    this.base = requireNonNull(base, "base is null");
  }

  /** The connections that all servers of one run share. */
  public static OkHttpClient client() {
    return new OkHttpClient.Builder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .callTimeout(CALL_TIMEOUT)
        .followRedirects(false)
        .build();
  }

  /**
   * A server under a name for people and a base URL.
   *
   * @throws IllegalArgumentException if the URL is not one of HTTP
   */
  public static HttpServer at(OkHttpClient client, String name, String url) {
    return new HttpServer(client, name, HttpUrl.get(url));
  }

  /** This server, given longer to answer. */
  public HttpServer patient(Duration timeout) {
    return new HttpServer(client.newBuilder().callTimeout(timeout).build(), name, base);
  }

  public String name() {
    return name;
  }

  /** The full URL of a path, as a person would open it. */
  public String url(String path) {
    return url(HttpCall.get(path));
  }

  /** The full URL of a call, as a person would open it. */
  public String url(HttpCall call) {
    return address(call).toString();
  }

  /**
   * Sends a call.
   *
   * @throws BackendException if no answer comes; any status is an answer
   */
  public HttpAnswer send(HttpCall call) {
    return send(call, "an answer");
  }

  /**
   * Sends a call whose answer must be of status 2xx.
   *
   * @throws BackendException if it is not
   */
  public HttpAnswer sendGood(HttpCall call) {
    HttpAnswer answer = send(call, "status 2xx");
    if (!answer.isGood()) {
      throw wrong(call, "status 2xx", answer);
    }
    return answer;
  }

  /**
   * Sends a call whose answer must be JSON of status 2xx.
   *
   * @throws BackendException if it is not
   */
  public JsonNode json(HttpCall call) {
    HttpAnswer answer = sendGood(call);
    return parse(call, answer);
  }

  /**
   * Compares this server's clock with ours, by the date of its answer to whatever call.
   *
   * @return empty where it tells no date
   */
  public Optional<ClockOffset> clock(HttpCall call) {
    Instant asked = Instant.now();
    try (Response response = client.newCall(built(call)).execute()) {
      return Optional.ofNullable(response.headers().getInstant("Date"))
          .map(date -> ClockOffset.between(date, asked, Instant.now()));
    } catch (IOException e) {
      throw BackendException.silent(name, request(call), "an answer", e);
    }
  }

  JsonNode parse(HttpCall call, HttpAnswer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw wrong(call, "JSON", answer);
    }
  }

  BackendException wrong(HttpCall call, String expected, HttpAnswer answer) {
    return BackendException.answered(name, request(call), expected, answer.summary());
  }

  private HttpAnswer send(HttpCall call, String expected) {
    try (Response response = client.newCall(built(call)).execute()) {
      return new HttpAnswer(response.code(), response.body().string());
    } catch (IOException e) {
      throw BackendException.silent(name, request(call), expected, e);
    }
  }

  private Request built(HttpCall call) {
    Request.Builder request = new Request.Builder().url(address(call));
    // Compressing is most of what a small answer costs a server, and servers are near.
    request.header("Accept-Encoding", "identity");
    call.headers().forEach(request::header);
    return request.method(call.method(), body(call)).build();
  }

  private static RequestBody body(HttpCall call) {
    if (call.body().isPresent()) {
      HttpCall.Body body = call.body().get();
      return RequestBody.create(body.text(), MediaType.get(body.type()));
    }
    boolean needsOne = List.of("POST", "PUT", "PATCH").contains(call.method());
    return needsOne ? RequestBody.create("", null) : null;
  }

  private String request(HttpCall call) {
    return call.method() + " " + url(call);
  }

  private HttpUrl address(HttpCall call) {
    String path = call.path().startsWith("/") ? call.path().substring(1) : call.path();
    HttpUrl resolved = base.resolve(path);
    if (resolved == null) {
      throw new IllegalArgumentException("not a path: " + call.path());
    }
    HttpUrl.Builder url = resolved.newBuilder();
    call.query().forEach(url::addQueryParameter);
    return url.build();
  }
}
