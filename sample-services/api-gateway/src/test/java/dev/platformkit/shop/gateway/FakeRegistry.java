package dev.platformkit.shop.gateway;

import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A registry that knows whom a test tells it, each at one port here. */
final class FakeRegistry implements Registry {
  private final Map<String, Integer> ports = new TreeMap<>();
  private final List<Runnable> interested = new CopyOnWriteArrayList<>();

  synchronized void knows(String service, int port) {
    ports.put(service, port);
    interested.forEach(Runnable::run);
  }

  synchronized void forgets(String service) {
    ports.remove(service);
    interested.forEach(Runnable::run);
  }

  @Override
  public Registration register(Instance instance) {
    throw new UnsupportedOperationException("nothing registers here");
  }

  @Override
  public synchronized Watch watch(String service, Listener listener) {
    return tell(
        () ->
            listener.healthy(
                ports.containsKey(service)
                    ? List.of(new Endpoint("127.0.0.1", ports.get(service)))
                    : List.of()));
  }

  @Override
  public synchronized Watch watchNames(Consumer<Set<String>> names) {
    return tell(() -> names.accept(Set.copyOf(ports.keySet())));
  }

  private Watch tell(Runnable news) {
    interested.add(news);
    news.run();
    return () -> interested.remove(news);
  }
}
