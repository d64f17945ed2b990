package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Jaeger;
import dev.platformkit.backend.Otlp;
import dev.platformkit.backend.Span;
import dev.platformkit.backend.Span.Kind;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A span is stored with all that it was sent with: a span of verify's own, which has what spans are
 * looked for and read by, comes out of the store as it went into the collector.
 */
final class KeptSpanProbe implements Probe {
  /** Some of what OpenTelemetry's semantic conventions name, of each kind of call. */
  private static final Map<String, String> ATTRIBUTES =
      new TreeMap<>(
          Map.of(
              "http.request.method", "GET",
              "http.response.status_code", "503",
              "http.route", "/probe/{id}",
              "url.path", "/probe/1",
              "rpc.service", "probe.Probe",
              "rpc.method", "Look",
              "db.system", "postgresql",
              "messaging.destination.name", "probe",
              "error.type", "503",
              "peer.service", "probe"));

  private final Addresses addresses;
  private final Span sent;
  private boolean accepted;

  KeptSpanProbe(Addresses addresses, Instant now) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.sent =
        new Span(
            Ids.trace(),
            Ids.span(),
            "",
            SpanFlow.PROBE,
            "kept",
            Kind.SERVER,
            true,
            now.minusMillis(20),
            now,
            ATTRIBUTES,
            List.of(new Span.Link(Ids.trace(), Ids.span())));
  }

  @Override
  public String id() {
    return "traces/kept";
  }

  @Override
  public String subject() {
    return SpanFlow.COLLECTOR;
  }

  @Override
  public String expected() {
    return "a span stored with every attribute, status and link that it was sent with";
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Finding look() {
    Way way = Way.none().reached("created", "a span of verify's own");
    if (!accepted) {
      try {
        new Otlp(addresses.server("jaeger", 4318)).send(sent);
        accepted = true;
      } catch (BackendException e) {
        return Finding.missing("it was not let in: " + e.getMessage())
            .on(way.broken("received", e.getMessage()));
      }
    }
    way = way.reached("received", "it was let in");
    Jaeger store = new Jaeger(addresses.server("jaeger", 16686));
    Optional<Span> stored =
        store.trace(sent.traceId()).spans().stream()
            .filter(span -> span.id().equals(sent.id()))
            .findFirst();
    if (stored.isEmpty()) {
      return Finding.missing("it was let in and is not stored")
          .on(way.broken("stored", "the store has no span of trace " + sent.traceId()));
    }
    List<String> altered = altered(stored.get());
    if (altered.isEmpty()) {
      return Finding.pass("kept as it was sent");
    }
    String observed = String.join("; ", altered);
    return Finding.fail("stored otherwise than it was sent: " + observed)
        .on(way.broken("stored", observed))
        .link(store.page(sent.traceId()));
  }

  /** In what a stored span is not as it was sent. The store may have added to it. */
  private List<String> altered(Span stored) {
    List<String> altered = new ArrayList<>();
    compare("its service", sent.service(), stored.service(), altered);
    compare("its name", sent.name(), stored.name(), altered);
    compare("its kind", sent.kind(), stored.kind(), altered);
    compare("its error", sent.error(), stored.error(), altered);
    compare("its links", sent.links(), stored.links(), altered);
    compare("how long it took", took(sent), took(stored), altered);
    ATTRIBUTES.forEach(
        (name, value) ->
            compare(name, value, stored.attributes().getOrDefault(name, "nothing"), altered));
    return altered;
  }

  private static Duration took(Span span) {
    return Duration.between(span.start(), span.end());
  }

  private static void compare(String what, Object sent, Object stored, List<String> altered) {
    if (!sent.equals(stored)) {
      altered.add("%s is %s, and was %s".formatted(what, stored, sent));
    }
  }
}
