package dev.platformkit.kit.telemetry;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The journey that a request belongs to, where its caller names one in the W3C baggage. It travels
 * through all services and stands on each of their spans, so that traces can be looked for by it:
 *
 * <pre>
 * baggage: shop.journey=checkout
 * </pre>
 *
 * <p>Callers from outside can write what they like into baggage. So this entry is the only one that
 * is taken in and passed on, and only when it is a short name.
 */
final class Journey implements TextMapPropagator {
  /** The name of the entry, and of the attribute of spans. */
  static final String KEY = "shop.journey";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final TextMapPropagator baggage = W3CBaggagePropagator.getInstance();

  /** The journey in the course of which something happens. */
  static Optional<String> of(Context context) {
    return Optional.ofNullable(Baggage.fromContext(context).getEntryValue(KEY))
        .filter(name -> NAME.matcher(name).matches());
  }

  @Override
  public Collection<String> fields() {
    return baggage.fields();
  }

  @Override
  public <C> void inject(Context context, C carrier, TextMapSetter<C> setter) {
    of(context).ifPresent(name -> baggage.inject(context.with(alone(name)), carrier, setter));
  }

  @Override
  public <C> Context extract(Context context, C carrier, TextMapGetter<C> getter) {
    Context said = baggage.extract(context, carrier, getter);
    // Most callers say nothing, and then nothing has to be left out.
    return said == context
        ? context
        : said.with(of(said).map(Journey::alone).orElseGet(Baggage::empty));
  }

  /** This entry and no other. */
  private static Baggage alone(String name) {
    return Baggage.builder().put(KEY, name).build();
  }
}
