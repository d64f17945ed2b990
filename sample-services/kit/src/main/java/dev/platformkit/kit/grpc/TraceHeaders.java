package dev.platformkit.kit.grpc;

import io.grpc.Metadata;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where a trace travels in gRPC's headers. */
final class TraceHeaders {
  static final TextMapGetter<Metadata> READ =
      (headers, name) -> headers == null ? null : headers.get(key(name));
  static final TextMapSetter<Metadata> WRITE =
      (headers, name, value) -> {
        if (headers != null) {
          headers.put(key(name), value);
        }
      };

  /** Making a key checks each letter of its name. */
  private static final Map<String, Metadata.Key<String>> KEYS = new ConcurrentHashMap<>();

  private TraceHeaders() {}

  private static Metadata.Key<String> key(String name) {
    return KEYS.computeIfAbsent(
        name, each -> Metadata.Key.of(each, Metadata.ASCII_STRING_MARSHALLER));
  }
}
