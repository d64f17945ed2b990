package dev.platformkit.verify.journey;

import java.util.HexFormat;
import java.util.UUID;

/** Identifiers that nobody else has. */
public final class Ids {
  private Ids() {}

  /** A trace id: 32 hexadecimal digits. */
  public static String trace() {
    UUID id = UUID.randomUUID();
    return HexFormat.of().toHexDigits(id.getMostSignificantBits())
        + HexFormat.of().toHexDigits(id.getLeastSignificantBits());
  }

  /** A span id: 16 hexadecimal digits. */
  public static String span() {
    return HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits());
  }

  /** W3C's header that announces a span as the parent, and asks for the trace to be kept. */
  public static String traceparent(String traceId, String spanId) {
    return "00-" + traceId + "-" + spanId + "-01";
  }

  /** What tells one run from every other; also fit for a label, a key or a file name. */
  public static String nonce() {
    return span().substring(0, 8);
  }

  /** A password that stands nowhere else, of characters that no encoding changes. */
  public static String secret() {
    return "Pw1" + trace();
  }
}
