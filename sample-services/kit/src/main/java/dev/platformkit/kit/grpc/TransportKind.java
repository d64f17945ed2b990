package dev.platformkit.kit.grpc;

import dev.platformkit.kit.selector.Selection;

/** The transports there are, by the names that configuration has for them. */
public enum TransportKind {
  GRPC,
  IN_PROCESS;

  /**
   * A new one.
   *
   * @param scheme the scheme whose name resolver finds others
   * @param selection how one of their instances is selected
   */
  public Transport transport(String scheme, Selection selection) {
    return switch (this) {
      case GRPC -> new NettyTransport(scheme, selection);
      case IN_PROCESS -> new InProcessTransport();
    };
  }
}
