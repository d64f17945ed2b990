package dev.platformkit.verify.elsewhere;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.HttpAnswer;
import dev.platformkit.backend.HttpCall;
import dev.platformkit.backend.HttpServer;
import dev.platformkit.verify.Finding;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.OkHttpClient;

/**
 * Whether a server that a target file names is there and lets us in, found out with one question
 * before anything else is asked. Where it does not, what it does is unknown, and the finding says
 * what to mend: the file, a secret, a certificate, or the server.
 */
final class Reachability {
  /** The check that tells it. */
  static final String ID = "target/reachable";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CLOCKS_APART = Duration.ofSeconds(1);

  private final Target target;
  private final OkHttpClient client;

  Reachability(Target target, OkHttpClient client) {
    this.target = requireNonNull(target, "target is null");
    this.client = requireNonNull(client, "client is null");
  }

  /** What would be good. */
  static String expected(Endpoint endpoint) {
    return endpoint.url() + " answers and lets us in";
  }

  /** Whether a service answers at all; what it answers to whom is for its journeys to say. */
  Finding service(Endpoint endpoint) {
    HttpServer server = endpoint.on(client);
    try {
      return Finding.pass("answers " + server.send(HttpCall.get("/")).status());
    } catch (BackendException e) {
      return silent(endpoint, endpoint.url(), e);
    }
  }

  /** Whether a backend answers a question that it can only answer as what it is. */
  Finding backend(TargetBackend backend, Endpoint endpoint) {
    HttpServer server = endpoint.on(client);
    HttpCall call = call(backend);
    String url = server.url(call);
    Instant before = Instant.now();
    HttpAnswer answer;
    try {
      answer = server.send(call);
    } catch (BackendException e) {
      return silent(endpoint, url, e);
    }
    Instant after = Instant.now();
    if (!answer.isGood()) {
      return refused(endpoint, url, answer);
    }
    return json(answer)
        .map(
            json ->
                switch (backend) {
                  case PROMETHEUS -> clock(endpoint, url, json, before, after);
                  case ELASTICSEARCH -> indices(json);
                  case JAEGER, ALERTMANAGER, CONSUL -> Finding.pass("answers");
                })
        .orElseGet(() -> notOurs(endpoint, url, answer));
  }

  private HttpCall call(TargetBackend backend) {
    String[] parts = backend.question(target.logIndices()).split("\\?query=", 2);
    if (backend == TargetBackend.ELASTICSEARCH) {
      return HttpCall.of("POST", parts[0]).body("application/json", "{\"size\":0}");
    }
    HttpCall call = HttpCall.get(parts[0]);
    return parts.length == 1 ? call : call.query("query", parts[1]);
  }

  private static Optional<JsonNode> json(HttpAnswer answer) {
    try {
      return Optional.of(JSON.readTree(answer.body()))
          .filter(node -> !(node instanceof MissingNode) && node.isContainerNode());
    } catch (JsonProcessingException e) {
      return Optional.empty(); // whatever answers, it is not one of these servers
    }
  }

  /** A rise is read by the times of samples, which are this server's. */
  private Finding clock(
      Endpoint endpoint, String url, JsonNode json, Instant before, Instant after) {
    JsonNode time = json.at("/data/result/1");
    if (!time.isTextual()) {
      return told(
          Finding.inconclusive("does not answer as Prometheus does: " + shortened(json.toString())),
          endpoint,
          url);
    }
    Instant there = Instant.ofEpochMilli(Math.round(Double.parseDouble(time.asText()) * 1000));
    Duration ahead =
        there.isAfter(after)
            ? Duration.between(after, there)
            : there.isBefore(before) ? Duration.between(before, there) : Duration.ZERO;
    if (ahead.abs().compareTo(CLOCKS_APART) <= 0) {
      return Finding.pass("answers");
    }
    return told(
        Finding.inconclusive(
                "its time is %.1f s %s this machine's"
                    .formatted(
                        Math.abs(ahead.toMillis()) / 1000.0,
                        ahead.isNegative() ? "behind" : "ahead of"))
            .detail("samples before and after a journey are told apart by their times")
            .detail("set both clocks (NTP), or have a cache not answer in Prometheus's place"),
        endpoint,
        url);
  }

  /** Where nothing was logged yet there is no index, and the journeys' lines make it. */
  private Finding indices(JsonNode json) {
    return Finding.pass(
        json.at("/_shards/total").asInt(0) > 0
            ? "answers"
            : "answers, and has no index " + target.logIndices() + " yet");
  }

  private Finding refused(Endpoint endpoint, String url, HttpAnswer answer) {
    String seen = "answers " + answer.summary();
    if (answer.status() >= 500) {
      return told(Finding.fail(seen), endpoint, url);
    }
    Finding finding = Finding.inconclusive(seen);
    return told(
        switch (answer.status()) {
          case 401 ->
              finding.detail(
                  endpoint.identified()
                      ? "what the file sends along is not accepted"
                      : "it wants to know who asks: bearer_token_file, basic_auth or headers");
          case 403 -> finding.detail("whoever the file lets ask may not ask this");
          case 404 -> finding.detail("another server, or its path is missing in the file");
          default ->
              answer.status() / 100 == 3
                  ? finding.detail("it sends elsewhere, as login pages do, and is not followed")
                  : finding;
        },
        endpoint,
        url);
  }

  private Finding notOurs(Endpoint endpoint, String url, HttpAnswer answer) {
    return told(
        Finding.inconclusive("answers " + answer.summary() + ", which is not JSON")
            .detail("another server, or its path is missing in the file"),
        endpoint,
        url);
  }

  private Finding silent(Endpoint endpoint, String url, BackendException e) {
    Throwable cause = e.getCause();
    String why = cause == null ? e.getMessage() : String.valueOf(cause.getMessage());
    Finding finding;
    if (cause instanceof SSLPeerUnverifiedException) {
      finding =
          Finding.inconclusive("its certificate is for another name")
              .detail(why.lines().findFirst().orElse(why));
    } else if (cause instanceof SSLException && why.contains("PKIX")) {
      finding =
          Finding.inconclusive("its certificate is not trusted")
              .detail(
                  endpoint.curl().contains("--cacert")
                      ? "none of the certificates in the file that ca: names has issued it"
                      : "name the certificate that issued it with ca: FILE");
    } else if (cause instanceof SSLException) {
      finding = Finding.inconclusive("does not speak TLS as it has to: " + why);
    } else if (cause instanceof UnknownHostException) {
      finding = Finding.inconclusive("its host is not known here");
    } else if (cause instanceof ConnectException) {
      finding = Finding.inconclusive("nothing takes the connection");
    } else if (cause instanceof SocketTimeoutException
        || why.toLowerCase(Locale.ROOT).contains("timeout")) {
      finding = Finding.inconclusive("does not answer in time");
    } else {
      finding = Finding.inconclusive("gives no answer: " + why);
    }
    return told(finding, endpoint, url);
  }

  private Finding told(Finding finding, Endpoint endpoint, String url) {
    return finding
        .detail("named by " + endpoint.position())
        .link("curl -i%s '%s'".formatted(endpoint.curl(), url));
  }

  private static String shortened(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
