package dev.platformkit.kit.consul;

import com.ecwid.consul.v1.agent.model.Check;
import com.ecwid.consul.v1.agent.model.NewService;
import com.ecwid.consul.v1.agent.model.Service;
import dev.platformkit.kit.Stopping;
import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the agent knows an instance: it looks every second, because an agent may start
 * after us, or come back without its data. The instance is entered as healthy, since it registers
 * only once it serves; the agent finds out for itself a second later.
 */
final class ConsulRegistration implements Registry.Registration {
  /** The tag of those that take calls over gRPC. */
  static final String GRPC = "grpc";

  private static final Logger log = LoggerFactory.getLogger(ConsulRegistration.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int LOOKS_UNTIL_DEAD = 3;

  private final Consul consul;
  private final Instance instance;
  private final Stopping stopping = new Stopping();
  private final Object turn = new Object();
  private final Map<String, Integer> criticalFor = new HashMap<>();
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
      forgetTheDead();
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

  /**
   * Takes out what was once an instance of this service and did not get to leave: Consul would keep
   * it for a minute and more. Should one be alive after all, it will enter itself again, as we
   * would.
   */
  private void forgetTheDead() {
    Set<String> critical =
        consul.prompt().getAgentChecks().getValue().values().stream()
            .filter(check -> check.getStatus() == Check.CheckStatus.CRITICAL)
            .map(Check::getServiceId)
            .collect(Collectors.toSet());
    critical.retainAll(peers());
    criticalFor.keySet().retainAll(critical);
    for (String peer : critical) {
      if (criticalFor.merge(peer, 1, Integer::sum) >= LOOKS_UNTIL_DEAD) {
        consul.prompt().agentServiceDeregister(peer);
        log.info("taken out of the registry, as it does not answer: {}", peer);
      }
    }
  }

  private Set<String> peers() {
    return consul.prompt().getAgentServices().getValue().values().stream()
        .filter(service -> service.getService().equals(instance.service()))
        .map(Service::getId)
        .filter(id -> !id.equals(instance.id()))
        .collect(Collectors.toSet());
  }

  private NewService entry() {
    NewService.Check check = new NewService.Check();
    if (instance.health().getScheme().equals(GRPC)) {
      check.setGrpc(instance.health().getAuthority() + instance.health().getPath());
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
    service.setTags(instance.health().getScheme().equals(GRPC) ? List.of(GRPC) : List.of());
    return service;
  }
}
