package dev.platformkit.kit.grpc;

import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A registry that knows of one service what a test tells it. */
final class FakeRegistry implements Registry {
  private Listener listener;
  private Runnable news = () -> {};

  @Override
  public Registration register(Instance instance) {
    throw new UnsupportedOperationException("nothing registers here");
  }

  @Override
  public synchronized Watch watch(String service, Listener listener) {
    this.listener = listener;
    news.run();
    return () -> {};
  }

  @Override
  public Watch watchNames(Consumer<Set<String>> names) {
    throw new UnsupportedOperationException("nobody asks for names here");
  }

  void knows(Endpoint... endpoints) {
    tell(() -> listener.healthy(List.of(endpoints)));
  }

  void doesNotAnswer() {
    tell(() -> listener.unknown(new IllegalStateException("no answer")));
  }

  private synchronized void tell(Runnable latest) {
    news = latest;
    if (listener != null) {
      latest.run();
    }
  }
}
