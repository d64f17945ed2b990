package dev.platformkit.shop.product;

import dev.platformkit.shop.product.v1.Product;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Somebody who has room for a few products at a time, and says when. */
final class SlowReader extends ServerCallStreamObserver<Product> {
  final List<Product> read = new ArrayList<>();
  boolean completed;
  private int room;
  private Runnable onReady = () -> {};

  /** Has room for so many more. */
  void takes(int more) {
    room += more;
    onReady.run();
  }

  @Override
  public boolean isReady() {
    return room > 0;
  }

  @Override
  public void onNext(Product product) {
    room--;
    read.add(product);
  }

  @Override
  public void onCompleted() {
    completed = true;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public void onError(Throwable failure) {
    throw new AssertionError(failure);
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}
