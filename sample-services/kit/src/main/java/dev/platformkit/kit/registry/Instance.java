package dev.platformkit.kit.registry;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * One running process of a service, as the registry is to know it.
 *
 * @param host where it takes calls
 * @param health what the registry asks to find out whether the instance is healthy: {@code
 *     grpc://host:port/name} by gRPC's health service, {@code http://host:port/path} by a status of
 *     2xx; it names the instance, since its address may be another process's one day
 */
public record Instance(String id, String service, String host, int port, URI health) {
  public Instance {
    requireNonNull(id, "id is null");
    requireNonNull(service, "service is null");
    requireNonNull(host, "host is null");
    requireNonNull(health, "health is null");
  }
}
