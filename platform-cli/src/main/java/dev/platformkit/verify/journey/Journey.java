package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user does, and the proof of it that the platform must hold. See {@link JourneyReader} for
 * the file.
 *
 * @param file where it stands, for people
 * @param target the service that its requests go to
 * @param settings values that services follow while it is gone, by key of the key-value store
 */
public record Journey(
    String name,
    String file,
    String target,
    Map<String, String> settings,
    List<Step> steps,
    Proof proof) {
  public Journey {
    requireNonNull(name, "name is null");
    requireNonNull(file, "file is null");
    requireNonNull(target, "target is null");
    settings = Map.copyOf(settings);
    steps = List.copyOf(steps);
    requireNonNull(proof, "proof is null");
  }

  /** Every service that it is known to reach. */
  public Set<String> services() {
    Set<String> services = proof.services();
    services.add(target);
    return services;
  }

  /** The services that a step of it is known to reach. */
  public Set<String> services(Step step) {
    Set<String> services = new TreeSet<>(Set.of(target));
    proof.traces().stream()
        .filter(trace -> trace.step().equals(step.name()))
        .forEach(trace -> services.addAll(trace.services()));
    return services;
  }
}
