package dev.platformkit.kit.telemetry;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;

/** Reads headers from a map. */
final class MapOfHeaders implements TextMapGetter<Map<String, String>> {
  @Override
  public String get(Map<String, String> all, String name) {
    return all == null ? null : all.get(name);
  }
}
