package dev.platformkit.kit.registry;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.registry.Registry.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every registry keeps to, whichever is chosen. */
public abstract class RegistryContract {
  private static final Endpoint ONE = new Endpoint("10.0.0.1", 50051);
  private static final Endpoint TWO = new Endpoint("10.0.0.2", 50051);
  private static final Instance PRODUCT =
      new Instance(
          "product-1", "product", "10.0.0.1", 50051, URI.create("grpc://10.0.0.1:50051/product-1"));

  /** A registry that from now on knows these instances of {@code product}, and no other service. */
  protected abstract Registry knows(Endpoint... instances);

  /** From now on, the registry that was made cannot say where anybody is. */
  protected abstract void doesNotAnswer();

  @Test
  void whoWatchesHearsOfAllInstancesInOneOrderAndNoneTwice() {
    Heard heard = new Heard();

    try (Registry.Watch watch = knows(TWO, ONE, TWO).watch("product", heard)) {
      assertThat(watch).isNotNull();
      await().until(() -> !heard.healthy.isEmpty());
    }

    assertThat(heard.healthy.get(0)).containsExactly(ONE, TWO);
  }

  @Test
  void aServiceThatNobodyKnowsHasNoInstances() {
    Heard heard = new Heard();

    try (Registry.Watch watch = knows().watch("product", heard)) {
      assertThat(watch).isNotNull();
      await().until(() -> !heard.healthy.isEmpty());
    }

    assertThat(heard.healthy.get(0)).isEmpty();
  }

  @Test
  void aChangeIsHeardOf() {
    Heard heard = new Heard();
    try (Registry.Watch watch = knows(ONE).watch("product", heard)) {
      assertThat(watch).isNotNull();
      await().until(() -> heard.healthy.contains(List.of(ONE)));

      knows(ONE, TWO);

      await().until(() -> heard.healthy.contains(List.of(ONE, TWO)));
    }
  }

  @Test
  void everyoneWhoWatchesHears() {
    Heard first = new Heard();
    Heard second = new Heard();
    Registry registry = knows(ONE);

    try (Registry.Watch one = registry.watch("product", first);
        Registry.Watch two = registry.watch("product", second)) {
      assertThat(one).isNotSameAs(two);
      await().until(() -> !first.healthy.isEmpty() && !second.healthy.isEmpty());
    }
  }

  @Test
  void whoClosedTheWatchHearsNothingMoreThoughOthersDo() {
    Heard gone = new Heard();
    Heard stays = new Heard();
    Registry registry = knows(ONE);
    Registry.Watch closed = registry.watch("product", gone);
    try (Registry.Watch open = registry.watch("product", stays)) {
      assertThat(open).isNotNull();
      await().until(() -> !gone.healthy.isEmpty() && !stays.healthy.isEmpty());

      closed.close();
      knows(TWO);

      await().until(() -> stays.healthy.contains(List.of(TWO)));
    }
    assertThat(gone.healthy).hasSize(1);
  }

  @Test
  void aRegistryThatCannotSayIsToldApartFromNoInstances() {
    Heard heard = new Heard();
    Registry registry = knows(ONE);
    doesNotAnswer();

    try (Registry.Watch watch = registry.watch("product", heard)) {
      assertThat(watch).isNotNull();
      await().until(() -> !heard.unknown.isEmpty());
    }

    assertThat(heard.healthy).isEmpty();
  }

  @Test
  void whoAsksWhichServicesThereAreHearsTheirNames() {
    List<Set<String>> heard = new CopyOnWriteArrayList<>();

    try (Registry.Watch watch = knows(ONE).watchNames(heard::add)) {
      assertThat(watch).isNotNull();
      await().until(() -> !heard.isEmpty());
    }

    assertThat(heard.get(0)).containsExactly("product");
  }

  @Test
  void anInstanceIsAcknowledgedUntilItLeaves() {
    Registry.Registration registration = knows().register(PRODUCT);
    await().until(() -> registration.acknowledged().isPresent());

    registration.close();

    assertThat(registration.acknowledged()).isEmpty();
  }

  private static final class Heard implements Registry.Listener {
    final List<List<Endpoint>> healthy = new CopyOnWriteArrayList<>();
    final List<Exception> unknown = new CopyOnWriteArrayList<>();

    @Override
    public void healthy(List<Endpoint> endpoints) {
      healthy.add(endpoints);
    }

    @Override
    public void unknown(Exception cause) {
      unknown.add(cause);
    }
  }
}
