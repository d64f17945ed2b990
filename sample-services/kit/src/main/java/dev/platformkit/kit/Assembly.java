package dev.platformkit.kit;

import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.InProcessBroker;
import dev.platformkit.kit.config.FileConfig;
import dev.platformkit.kit.config.KnownValues;
import dev.platformkit.kit.config.LiveConfig;
import dev.platformkit.kit.consul.Consul;
import dev.platformkit.kit.nats.JetStreamBroker;
import dev.platformkit.kit.nats.NatsBroker;
import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.registry.StaticRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the parts that a service's environment has chosen, each only when it is asked for: a
 * service that sends no messages need not have the library for that.
 */
final class Assembly {
  private final String service;
  private final String instance;
  private final Environment environment;
  private final Optional<Consul> consul;

  Assembly(String service, String instance, Environment environment) {
    this.service = service;
    this.instance = instance;
    this.environment = environment;
    consul = environment.consul().map(Consul::new);
  }

  /** Where others are found, if we are told. */
  Optional<Registry> registry() {
    return switch (environment.parts().registry()) {
      case CONSUL -> consul.map(Consul::registry);
      case STATIC -> Optional.of(new StaticRegistry(environment.parts().instances()));
    };
  }

  LiveConfig config() {
    Parts parts = environment.parts();
    return switch (parts.config()) {
      case CONSUL -> consul.map(c -> c.config(service)).orElse(new KnownValues(Map.of()));
      case FILE -> FileConfig.of(parts.configFile(), System.getenv());
    };
  }

  /**
   * What carries messages.
   *
   * @throws IllegalArgumentException when it is not said where that is
   */
  Broker broker(CollectorRegistry metrics) {
    return switch (environment.parts().broker()) {
      case NATS -> NatsBroker.connect(nats(), instance);
      case JETSTREAM -> {
        Gauge pending =
            Gauge.build("broker_messages_pending", "Messages that a group has still to get")
                .labelNames("service", "subject", "group")
                .register(metrics);
        yield JetStreamBroker.connect(
            nats(),
            instance,
            (subject, group, messages) ->
                pending.labels(service, subject, group).set((double) messages));
      }
      case IN_PROCESS -> new InProcessBroker();
    };
  }

  private URI nats() {
    return environment
        .nats()
        .orElseThrow(() -> new IllegalArgumentException("NATS_URL is not set"));
  }
}
