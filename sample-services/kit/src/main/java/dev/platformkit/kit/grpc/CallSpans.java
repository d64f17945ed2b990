package dev.platformkit.kit.grpc;

import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.Grpc;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Begins and ends the spans of calls, on either side, and has them say what OpenTelemetry's
 * semantic conventions want. What is the same for every call of a method is put together once:
 * spans are most of what telemetry costs under load.
 */
final class CallSpans {
  private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("rpc.service");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
  private static final AttributeKey<Long> STATUS = AttributeKey.longKey("rpc.grpc.status_code");
  private static final AttributeKey<String> PEER = AttributeKey.stringKey("network.peer.address");
  private static final AttributeKey<Long> PEER_PORT = AttributeKey.longKey("network.peer.port");

  /** By the method's full name; contracts do not have many. */
  private final Map<String, Attributes> known = new ConcurrentHashMap<>();

  private final Tracer tracer;

  CallSpans(Telemetry telemetry) {
    tracer = telemetry.tracer();
  }

  /**
   * Begins the span of a call.
   *
   * @param authority whom the caller calls; null where it does not say
   */
  Span start(Context parent, SpanKind kind, MethodDescriptor<?, ?> method, String authority) {
    Span span =
        tracer
            .spanBuilder(method.getFullMethodName())
            .setParent(parent)
            .setSpanKind(kind)
            .setAllAttributes(of(method))
            .startSpan();
    return authority == null ? span : span.setAttribute(SERVER, host(authority));
  }

  private Attributes of(MethodDescriptor<?, ?> method) {
    return known.computeIfAbsent(
        method.getFullMethodName(),
        name ->
            Attributes.of(
                SYSTEM,
                "grpc",
                SERVICE,
                String.valueOf(method.getServiceName()),
                METHOD,
                String.valueOf(method.getBareMethodName())));
  }

  /** A host's name or address, without the port that may stand behind it. */
  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0 || authority.endsWith("]") ? authority : authority.substring(0, colon);
  }

  /** Which process is on the other side, where it is another one. */
  static void tellPeer(Span span, io.grpc.Attributes connection) {
    if (connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress peer
        && peer.getAddress() != null) {
      span.setAttribute(PEER, peer.getAddress().getHostAddress());
      span.setAttribute(PEER_PORT, (long) peer.getPort());
    }
  }

  /** How the call ended, and ends its span with it. */
  static void end(Span span, Status status, boolean error) {
    span.setAttribute(STATUS, (long) status.getCode().value());
    if (error) {
      span.setStatus(StatusCode.ERROR);
    }
    if (status.getCause() != null) {
      span.recordException(status.getCause());
    }
    span.end();
  }
}
