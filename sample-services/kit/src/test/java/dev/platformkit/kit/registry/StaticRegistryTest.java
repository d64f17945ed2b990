package dev.platformkit.kit.registry;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.registry.Registry.Endpoint;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Instances behind names; names are looked up in what a test says. */
class StaticRegistryTest extends RegistryContract {
  private volatile List<String> addresses = List.of();
  private volatile boolean broken;

  @Override
  protected Registry knows(Endpoint... instances) {
    addresses = Stream.of(instances).map(Endpoint::host).toList();
    return new StaticRegistry(
        Map.of("product", List.of(new Endpoint("product", 50051))), this::lookUp);
  }

  @Override
  protected void doesNotAnswer() {
    broken = true;
  }

  @Test
  void whatIsNoNameIsTakenAsItIs() {
    List<List<Endpoint>> heard = new CopyOnWriteArrayList<>();
    Endpoint here = new Endpoint("127.0.0.1", 7);

    try (Registry.Watch watch =
        new StaticRegistry(Map.of("cart", List.of(here))).watch("cart", listener(heard))) {
      assertThat(watch).isNotNull();
      await().until(() -> heard.contains(List.of(here)));
    }
  }

  private List<String> lookUp(String host) throws UnknownHostException {
    if (broken) {
      throw new UnknownHostException(host);
    }
    return addresses;
  }

  private static Registry.Listener listener(List<List<Endpoint>> heard) {
    return new Registry.Listener() {
      @Override
      public void healthy(List<Endpoint> endpoints) {
        heard.add(endpoints);
      }

      @Override
      public void unknown(Exception cause) {
        throw new AssertionError(cause);
      }
    };
  }
}
