package dev.platformkit.kit.consul;

import com.ecwid.consul.v1.agent.model.NewService;
import com.ecwid.consul.v1.agent.model.Service;
import dev.platformkit.kit.Stopping;
import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the agent knows an instance: it looks every second, because an agent may start
 * after us, or come back without its data. The instance is entered as healthy, since it registers
 * only once it serves; the agent finds out for itself a second later.
 */
final class ConsulRegistration implements Registry.Registration {
  private static final Logger log = LoggerFactory.getLogger(ConsulRegistration.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Consul consul;
  private final Instance instance;
  private final Stopping stopping = new Stopping();
  private final Object turn = new Object();
  private volatile Optional<Instant> acknowledged = Optional.empty();
  private boolean answering = true;

  private ConsulRegistration(Consul consul, Instance instance) {
    this.consul = consul;
    this.instance = instance;
  }

  static ConsulRegistration start(Consul consul, Instance instance) {
    ConsulRegistration registration = new ConsulRegistration(consul, instance);
    Thread thread = new Thread(registration::keep, "registration");
    thread.setDaemon(true);
    thread.start();
    return registration;
  }

  @Override
  public Optional<Instant> acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() {
    stopping.now();
    synchronized (turn) {
      if (acknowledged.isEmpty()) {
        return;
      }
      acknowledged = Optional.empty();
      try {
        consul.prompt().agentServiceDeregister(instance.id());
        log.info("taken out of the registry: {}", instance.id());
      } catch (RuntimeException e) {
        log.warn("consul does not answer; it will notice by itself: {}", e.getMessage());
      }
    }
  }

  private void keep() {
    do {
      synchronized (turn) {
        look();
      }
    } while (!stopping.within(LOOK_EVERY));
  }

  private void look() {
    if (stopping.told()) {
      return;
    }
    try {
      if (!known()) {
        consul.prompt().agentServiceRegister(entry());
        log.info("registered as {} at {}:{}", instance.id(), instance.host(), instance.port());
      }
      acknowledged = acknowledged.or(() -> Optional.of(Instant.now()));
      answering = true;
    } catch (RuntimeException e) {
      if (answering) {
        log.warn("consul does not answer, trying on: {}", e.getMessage());
        answering = false;
      }
    }
  }

  private boolean known() {
    Service entered = consul.prompt().getAgentServices().getValue().get(instance.id());
    return entered != null
        && instance.host().equals(entered.getAddress())
        && Integer.valueOf(instance.port()).equals(entered.getPort());
  }

  private NewService entry() {
    NewService.Check check = new NewService.Check();
    if (instance.health().getScheme().equals("grpc")) {
      check.setGrpc(instance.health().getAuthority());
      check.setGrpcUseTLS(false);
    } else {
      check.setHttp(instance.health().toString());
    }
    check.setInterval("1s");
    check.setTimeout("1s");
    check.setStatus("passing");
    check.setDeregisterCriticalServiceAfter("1m");

    NewService service = new NewService();
    service.setId(instance.id());
    service.setName(instance.service());
    service.setAddress(instance.host());
    service.setPort(instance.port());
    service.setCheck(check);
    return service;
  }
}
