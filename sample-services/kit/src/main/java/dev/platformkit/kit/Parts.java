package dev.platformkit.kit;

import static java.util.Objects.requireNonNull;

import dev.platformkit.kit.broker.BrokerKind;
import dev.platformkit.kit.codec.CodecKind;
import dev.platformkit.kit.config.ConfigKind;
import dev.platformkit.kit.grpc.TransportKind;
import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.registry.RegistryKind;
import dev.platformkit.kit.registry.StaticRegistry;
import dev.platformkit.kit.resilience.BreakerKind;
import dev.platformkit.kit.selector.Selection;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which of its implementations each exchangeable part of the kit has in this process:
 *
 * <pre>
 * BREAKER    whether services that fail are left alone for a while: on (if nothing is said) or off
 * BROKER     what carries messages: nats (if nothing is said; at NATS_URL), jetstream (there, too;
 *            messages are kept until they are handled) or in_process
 * CODEC      how messages to other services are written: protobuf (if nothing is said) or json;
 *            what comes in is read as it was written, whichever is chosen
 * CONFIG     where live configuration comes from: consul (if nothing is said; at CONSUL_URL, the
 *            keys under config/&lt;service&gt;/) or file (key=value lines in CONFIG_FILE, if that is
 *            set, and variables like SETTING_PAGE_SIZE, which prevail)
 * REGISTRY   where instances are found: consul (if nothing is said; at CONSUL_URL) or static (in
 *            INSTANCES)
 * INSTANCES  product=10.0.0.1:50051,10.0.0.2:50051 cart=cart:50051
 * SELECTOR   which instance takes the next call: random (if nothing is said) or round_robin
 * TRANSPORT  how calls travel: grpc (if nothing is said; over HTTP/2, to where the registry finds
 *            others) or in_process (among the services of one process, by their names)
 * </pre>
 */
public record Parts(
    BreakerKind breaker,
    BrokerKind broker,
    CodecKind codec,
    ConfigKind config,
    Optional<Path> configFile,
    RegistryKind registry,
    Map<String, List<Endpoint>> instances,
    Selection selector,
    TransportKind transport) {
  public Parts {
    requireNonNull(breaker, "breaker is null");
    requireNonNull(broker, "broker is null");
    requireNonNull(codec, "codec is null");
    requireNonNull(config, "config is null");
    requireNonNull(configFile, "configFile is null");
    requireNonNull(registry, "registry is null");
    instances = Map.copyOf(instances);
    requireNonNull(selector, "selector is null");
    requireNonNull(transport, "transport is null");
  }

  /**
   * The parts that these variables choose.
   *
   * @throws IllegalArgumentException naming the variable that makes no sense, and what would
   */
  public static Parts of(Map<String, String> variables) {
    RegistryKind registry = choice(variables, "REGISTRY", RegistryKind.CONSUL);
    return new Parts(
        choice(variables, "BREAKER", BreakerKind.ON),
        choice(variables, "BROKER", BrokerKind.NATS),
        choice(variables, "CODEC", CodecKind.PROTOBUF),
        choice(variables, "CONFIG", ConfigKind.CONSUL),
        Optional.ofNullable(variables.get("CONFIG_FILE"))
            .filter(file -> !file.isBlank())
            .map(Path::of),
        registry,
        registry == RegistryKind.STATIC ? instances(variables) : Map.of(),
        choice(variables, "SELECTOR", Selection.RANDOM),
        choice(variables, "TRANSPORT", TransportKind.GRPC));
  }

  private static Map<String, List<Endpoint>> instances(Map<String, String> variables) {
    String written = variables.getOrDefault("INSTANCES", "");
    if (written.isBlank()) {
      throw new IllegalArgumentException("INSTANCES is not set, though REGISTRY=static is");
    }
    try {
      return StaticRegistry.written(written);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("INSTANCES: " + e.getMessage(), e);
    }
  }

  private static <E extends Enum<E>> E choice(
      Map<String, String> variables, String name, E otherwise) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    E[] choices = otherwise.getDeclaringClass().getEnumConstants();
    return Arrays.stream(choices)
        .filter(choice -> written(choice).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(choices)
                        .map(Parts::written)
                        .collect(
                            Collectors.joining(", ", name + "=" + value + " is none of: ", ""))));
  }

  private static String written(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
