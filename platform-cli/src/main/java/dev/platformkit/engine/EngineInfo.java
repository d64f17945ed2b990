package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What an engine says of itself and of its machine.
 *
 * @param address where it was reached, for example {@code unix:///var/run/docker.sock}
 * @param version the engine's version
 * @param apiVersion the newest API it speaks
 * @param operatingSystem its machine's, in words
 * @param architecture its machine's, {@code x86_64}, {@code aarch64} ...
 * @param cpus how many processors it may use
 * @param memory its machine's memory in bytes
 * @param rootDirectory where it keeps images, containers and volumes, on its machine
 * @param cgroupVersion {@code 1} or {@code 2}
 * @param limitsMemory whether it can limit a container's memory
 * @param limitsPids whether it can limit a container's processes
 * @param rootless whether it runs without root's rights
 * @param loggingDriver where containers' output goes unless they say otherwise
 * @param containersRunning how many containers run, whoever started them
 */
public record EngineInfo(
    String address,
    String version,
    String apiVersion,
    String operatingSystem,
    String architecture,
    int cpus,
    long memory,
    Path rootDirectory,
    String cgroupVersion,
    boolean limitsMemory,
    boolean limitsPids,
    boolean rootless,
    String loggingDriver,
    int containersRunning) {
  public EngineInfo {
    requireNonNull(address, "address is null");
    requireNonNull(version, "version is null");
    requireNonNull(apiVersion, "apiVersion is null");
    requireNonNull(operatingSystem, "operatingSystem is null");
    requireNonNull(architecture, "architecture is null");
    requireNonNull(rootDirectory, "rootDirectory is null");
    requireNonNull(cgroupVersion, "cgroupVersion is null");
    requireNonNull(loggingDriver, "loggingDriver is null");
  }

  /** Whether the engine runs on this machine, as far as its address tells. */
  public boolean local() {
    return address.startsWith("unix:") || address.startsWith("npipe:");
  }
}
