package dev.platformkit.kit.limit;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ServerCall;

/** A call whose messages are not asked for, and so do not come, before it goes on. */
final class HeldCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final Runnable wentOn;
  private int wanted;
  private boolean going;

  /**
   * @param wentOn run once
   */
  HeldCall(ServerCall<Q, A> call, Runnable wentOn) {
    super(call);
    this.wentOn = wentOn;
  }

  @Override
  public void request(int messages) {
    synchronized (this) {
      if (!going) {
        wanted += messages;
        return;
      }
    }
    super.request(messages);
  }

  /** From now on messages come, those first that were asked for before. */
  void goOn() {
    int now;
    synchronized (this) {
      if (going) {
        return;
      }
      going = true;
      now = wanted;
    }
    wentOn.run();
    if (now > 0) {
      super.request(now);
    }
  }
}
