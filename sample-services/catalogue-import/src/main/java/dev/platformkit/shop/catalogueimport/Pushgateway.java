package dev.platformkit.shop.catalogueimport;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.trace.Span;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Keeps for Prometheus what this job says, since the job does not stay to be asked. */
final class Pushgateway {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String GROUP = "/metrics/job/catalogue-import";

  private final URI group;

  Pushgateway(URI address) {
    requireNonNull(address, "address is null");
    group = URI.create(address.toString().replaceAll("/+$", "") + GROUP);
  }

  /**
   * Replaces what the job said under the names of these metrics; what it said under others stays.
   * In Pushgateway's words this is POST; PUT would remove the others.
   *
   * @throws PushFailed when it was not taken
   */
  void push(CollectorRegistry metrics) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(group)
            .timeout(PATIENCE)
            .header("Content-Type", TextFormat.CONTENT_TYPE_004)
            .POST(BodyPublishers.ofString(text(metrics)))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new PushFailed(
            "Pushgateway at %s answered %d: %s"
                .formatted(group, response.statusCode(), response.body().strip()),
            null);
      }
    } catch (IOException e) {
      throw new PushFailed(
          "Pushgateway does not answer at %s, see PUSHGATEWAY_URL: %s".formatted(group, e), e);
    }
    Span.current().addEvent("metrics.pushed");
  }

  private static String text(CollectorRegistry metrics) {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, metrics.metricFamilySamples());
    } catch (IOException e) {
      throw new IllegalStateException("metrics cannot be written", e);
    }
    return text.toString();
  }

  /** Nobody knows how the job went. */
  static final class PushFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    PushFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
