package dev.platformkit.engine;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Ports;
import dev.platformkit.engine.Container.Health;
import dev.platformkit.engine.Container.State;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads our view of a container out of the engine's. */
final class Inspection {
  static final String PROJECT = "com.docker.compose.project";
  static final String SERVICE = "com.docker.compose.service";
  private static final String NUMBER = "com.docker.compose.container-number";

  private Inspection() {}

  static Container container(InspectContainerResponse seen) {
    Map<String, String> labels =
        seen.getConfig().getLabels() == null ? Map.of() : seen.getConfig().getLabels();
    ContainerState state = seen.getState();
    return new Container(
        seen.getId(),
        seen.getName().startsWith("/") ? seen.getName().substring(1) : seen.getName(),
        labels.getOrDefault(PROJECT, ""),
        labels.getOrDefault(SERVICE, ""),
        Integer.parseInt(labels.getOrDefault(NUMBER, "1")),
        String.valueOf(seen.getConfig().getImage()),
        seen.getImageId(),
        State.valueOf(String.valueOf(state.getStatus()).toUpperCase(Locale.ROOT)),
        health(state),
        state.getExitCodeLong() == null ? 0 : state.getExitCodeLong().intValue(),
        Boolean.TRUE.equals(state.getOOMKilled()),
        seen.getRestartCount() == null ? 0 : seen.getRestartCount(),
        time(state.getStartedAt()),
        time(state.getFinishedAt()),
        ports(seen),
        labels,
        addresses(seen));
  }

  private static Health health(ContainerState state) {
    if (state.getHealth() == null || state.getHealth().getStatus() == null) {
      return Health.NONE;
    }
    return Health.valueOf(state.getHealth().getStatus().toUpperCase(Locale.ROOT));
  }

  /** The engine writes the year 1 for what has not happened. */
  private static Optional<Instant> time(String text) {
    return text == null || text.isEmpty() || text.startsWith("0001-")
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(text).toInstant());
  }

  private static Set<String> addresses(InspectContainerResponse seen) {
    Set<String> addresses = new HashSet<>();
    if (seen.getNetworkSettings() == null || seen.getNetworkSettings().getNetworks() == null) {
      return addresses;
    }
    for (ContainerNetwork network : seen.getNetworkSettings().getNetworks().values()) {
      addresses.add(network.getIpAddress());
      addresses.add(network.getGlobalIPv6Address());
      if (network.getAliases() != null) {
        addresses.addAll(network.getAliases());
      }
    }
    addresses.removeIf(address -> address == null || address.isEmpty());
    return addresses;
  }

  private static Map<Integer, Integer> ports(InspectContainerResponse seen) {
    Map<Integer, Integer> published = new HashMap<>();
    if (seen.getNetworkSettings() == null || seen.getNetworkSettings().getPorts() == null) {
      return published;
    }
    seen.getNetworkSettings()
        .getPorts()
        .getBindings()
        .forEach(
            (ExposedPort port, Ports.Binding[] bindings) -> {
              if (port.getProtocol() != InternetProtocol.TCP || bindings == null) {
                return;
              }
              for (Ports.Binding binding : bindings) {
                if (binding.getHostPortSpec() != null && !binding.getHostPortSpec().isEmpty()) {
                  published.putIfAbsent(
                      port.getPort(), Integer.parseInt(binding.getHostPortSpec()));
                }
              }
            });
    return published;
  }
}
