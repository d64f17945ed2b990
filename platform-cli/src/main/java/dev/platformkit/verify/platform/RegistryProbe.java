package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Consul;
import dev.platformkit.backend.Consul.Instance;
import dev.platformkit.backend.TcpDoor;
import dev.platformkit.engine.Container;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The registry holds one passing instance per running container of a service, at that container's
 * address and where somebody listens, and no other. {@link RegisteredProbe} is for where no engine
 * can be asked for containers.
 */
final class RegistryProbe implements Probe {
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|.*:.*");

  private final String service;
  private final Addresses addresses;
  private final BiFunction<String, Integer, TcpDoor> doors;

  RegistryProbe(String service, Addresses addresses) {
    this(service, addresses, TcpDoor::at);
  }

  /** With another way to find out whether somebody listens at an address. */
  RegistryProbe(String service, Addresses addresses, BiFunction<String, Integer, TcpDoor> doors) {
    this.service = requireNonNull(service, "service is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.doors = requireNonNull(doors, "doors is null");
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
    List<Container> running = addresses.running(service);
    List<Instance> instances = consul().instances(service);
    Way way = passing(registered(Way.none(), running, instances), running, instances);
    if (!running.isEmpty() && way.broken().isEmpty()) {
      return Finding.pass(instances.size() + " passing");
    }
    long passing = instances.stream().filter(Instance::passing).count();
    Finding finding =
        Finding.missing(
            "%s: %d of %d instances passing, %d containers running"
                .formatted(service, passing, instances.size(), running.size()));
    for (Instance instance : instances) {
      finding =
          finding.detail(
              "%s is %s%s"
                  .formatted(
                      place(instance),
                      instance.status(),
                      instance.output().isEmpty() ? "" : ": " + instance.output()));
    }
    return finding.on(way);
  }

  /** Every container has an instance at its address. */
  private Way registered(Way way, List<Container> running, List<Instance> instances) {
    for (Container container : running) {
      if (instances.stream().noneMatch(instance -> isOf(instance, container))) {
        return way.broken(
            "registered",
            "no instance at the address of %s (%s)"
                .formatted(container.name(), String.join(", ", container.addresses())));
      }
    }
    return instances.isEmpty()
        ? way.broken("registered", "no instance of " + service)
        : way.reached(
            "registered",
            instances.stream().map(RegistryProbe::place).collect(Collectors.joining(", ")));
  }

  /** Every instance is one that requests may be sent to, and no container has two. */
  private Way passing(Way way, List<Container> running, List<Instance> instances) {
    for (Instance instance : instances) {
      if (!instance.passing()) {
        return way.broken("passing", place(instance) + " is " + instance.status());
      }
      Optional<Container> container = running.stream().filter(c -> isOf(instance, c)).findFirst();
      if (container.isEmpty()) {
        return way.broken("passing", place(instance) + " is at no running container's address");
      }
      if (isDead(instance, container.get())) {
        return way.broken("passing", place(instance) + " passes, and nobody listens there");
      }
    }
    for (Container container : running) {
      List<String> twice =
          instances.stream()
              .filter(instance -> isOf(instance, container))
              .map(RegistryProbe::place)
              .toList();
      if (twice.size() > 1) {
        return way.broken(
            "passing", container.name() + " is registered as " + String.join(" and ", twice));
      }
    }
    return way.reached("passing", instances.size() + " passing");
  }

  /**
   * Whether nobody listens where an instance is registered. From some machines the containers'
   * network is out of reach, and names in it are known there only: a refusal at some address of the
   * container counts where another port is open there.
   */
  private boolean isDead(Instance instance, Container container) {
    return container.addresses().stream()
        .filter(address -> NUMERIC.matcher(address).matches())
        .anyMatch(
            address ->
                doors.apply(address, instance.port()) == TcpDoor.REFUSED
                    && container.ports().keySet().stream()
                        .anyMatch(port -> doors.apply(address, port) == TcpDoor.OPEN));
  }

  private static boolean isOf(Instance instance, Container container) {
    return container.addresses().contains(instance.address());
  }

  private static String place(Instance instance) {
    return "%s at %s:%d".formatted(instance.id(), instance.address(), instance.port());
  }

  @Override
  public Finding explain(Finding found) {
    return found.link(consul().page(service)).link("platform logs " + service);
  }

  private Consul consul() {
    return new Consul(addresses.server("consul", 8500));
  }
}
