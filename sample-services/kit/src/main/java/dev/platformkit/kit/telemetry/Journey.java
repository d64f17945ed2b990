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
    baggage.inject(alone(context), carrier, setter);
  }

  @Override
  public <C> Context extract(Context context, C carrier, TextMapGetter<C> getter) {
    return alone(baggage.extract(context, carrier, getter));
  }

  /** With this entry, if there is one, and no other. */
  private static Context alone(Context context) {
    return of(context)
        .map(name -> context.with(Baggage.builder().put(KEY, name).build()))
        .orElseGet(() -> context.with(Baggage.empty()));
  }
}
