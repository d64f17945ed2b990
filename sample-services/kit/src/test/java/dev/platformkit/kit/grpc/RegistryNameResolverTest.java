package dev.platformkit.kit.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.registry.Registry.Endpoint;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.NameResolver.ServiceConfigParser;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryNameResolverTest {
  private final FakeRegistry registry = new FakeRegistry();
  private final AtomicInteger news = new AtomicInteger();
  private final List<Integer> heard = new ArrayList<>();
  private final List<Status> errors = new ArrayList<>();

  @BeforeEach
  void start() {
    NameResolver resolver =
        new RegistryNameResolver.Provider("test", registry)
            .newNameResolver(URI.create("test:///product"), args());
    assertThat(resolver.getServiceAuthority()).isEqualTo("product");
    resolver.start(
        new NameResolver.Listener2() {
          @Override
          public void onResult(ResolutionResult result) {
            heard.add(result.getAddressesOrError().getValue().size());
          }

          @Override
          public void onError(Status error) {
            errors.add(error);
          }
        });
  }

  @Test
  void everyChangeIsPassedOn() {
    registry.knows(new Endpoint("127.0.0.1", 1));
    registry.knows(new Endpoint("127.0.0.1", 1), new Endpoint("127.0.0.1", 2));
    registry.knows();

    assertThat(heard).containsExactly(1, 2, 0);
  }

  @Test
  void anInstanceThatComesBackWhereItWasIsTriedAtOnce() {
    registry.knows(new Endpoint("127.0.0.1", 1));
    registry.knows();
    int before = news.get();

    registry.knows(new Endpoint("127.0.0.1", 1));

    assertThat(news.get()).isEqualTo(before + 1);
  }

  @Test
  void aRegistryThatDoesNotAnswerIsAnErrorOnlyWhileNothingIsKnown() {
    registry.doesNotAnswer();
    assertThat(errors).extracting(Status::getCode).containsExactly(Status.Code.UNAVAILABLE);

    registry.knows(new Endpoint("127.0.0.1", 1));
    registry.doesNotAnswer();

    assertThat(errors).hasSize(1);
  }

  @Test
  void otherSchemesAreNotOurs() {
    assertThat(
            new RegistryNameResolver.Provider("test", registry)
                .newNameResolver(URI.create("dns:///product"), args()))
        .isNull();
  }

  private NameResolver.Args args() {
    return NameResolver.Args.newBuilder()
        .setDefaultPort(1)
        .setProxyDetector(address -> null)
        .setSynchronizationContext(
            new SynchronizationContext(
                (thread, failure) -> {
                  throw new AssertionError(failure);
                }))
        .setServiceConfigParser(
            new ServiceConfigParser() {
              @Override
              public ConfigOrError parseServiceConfig(Map<String, ?> config) {
                return ConfigOrError.fromConfig(config);
              }
            })
        .setArg(RegistryNameResolver.ON_NEWS, news::incrementAndGet)
        .build();
  }
}
