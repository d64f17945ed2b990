package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Consul;
import dev.platformkit.backend.Consul.Instance;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.util.List;

/** The registry holds one passing instance per running container of a service, and no other. */
final class RegistryProbe implements Probe {
  private final String service;
  private final Addresses addresses;

  RegistryProbe(String service, Addresses addresses) {
    this.service = requireNonNull(service, "service is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
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
    return "one passing instance per running container of " + service + ", and no other";
  }

  @Override
  public Finding look() {
    int running = addresses.running(service).size();
    List<Instance> instances = consul().instances(service);
    long passing = instances.stream().filter(Instance::passing).count();
    if (running > 0 && passing == running && instances.size() == running) {
      return Finding.pass(passing + " passing");
    }
    Finding finding =
        Finding.missing(
            "%s: %d of %d instances passing, %d containers running"
                .formatted(service, passing, instances.size(), running));
    for (Instance instance : instances) {
      if (!instance.passing()) {
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
    return finding;
  }

  @Override
  public Finding explain(Finding found) {
    return found.link(consul().page(service)).link("platform logs " + service);
  }

  private Consul consul() {
    return new Consul(addresses.server("consul", 8500));
  }
}
