package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Consul;
import dev.platformkit.backend.Consul.Instance;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.util.List;
import java.util.function.Supplier;

/**
 * The registry holds instances of a service, every one of them passing, for a platform of which
 * nobody can tell how many there are. {@link RegistryProbe} compares them with the containers.
 */
final class RegisteredProbe implements Probe {
  private final String service;
  private final Supplier<Consul> consul;

  RegisteredProbe(String service, Supplier<Consul> consul) {
    this.service = requireNonNull(service, "service is null");
    this.consul = requireNonNull(consul, "consul is null");
  }

  @Override
  public String id() {
    return "registry/passing";
  }

  @Override
  public String subject() {
    return service;
  }

  @Override
  public String expected() {
    return "instances of " + service + " registered, and every one of them passing";
  }

  @Override
  public Finding look() {
    List<Instance> instances = consul.get().instances(service);
    if (instances.isEmpty()) {
      return Finding.missing(service + " is not registered");
    }
    Finding finding =
        Finding.missing(
            "%s: %d of %d instances passing"
                .formatted(
                    service,
                    instances.stream().filter(Instance::passing).count(),
                    instances.size()));
    boolean good = true;
    for (Instance instance : instances) {
      if (!instance.passing()) {
        good = false;
        finding =
            finding.detail(
                "%s at %s:%d is %s: %s"
                    .formatted(
                        instance.id(),
                        instance.address(),
                        instance.port(),
                        instance.status(),
                        instance.output()));
      }
    }
    return good ? Finding.pass(instances.size() + " passing") : finding;
  }

  @Override
  public Finding explain(Finding found) {
    return found
        .detail("a service that is not to register is left out of consul's services: in the file")
        .link(consul.get().page(service));
  }
}
