package dev.platformkit.kit.grpc;

import io.grpc.stub.StreamObserver;

/** Calls with one answer. */
public final class Unary {
  private Unary() {}

  /** Gives a call its one answer. */
  public static <T> void answer(StreamObserver<T> call, T with) {
    call.onNext(with);
    call.onCompleted();
  }
}
