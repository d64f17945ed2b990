package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a user does, and the proof of it that the platform must hold. See {@link JourneyReader} for
 * the file.
 *
 * @param file where it stands, for people
 * @param target the service that its requests go to
 */
public record Journey(String name, String file, String target, List<Step> steps, Proof proof) {
  public Journey {
    requireNonNull(name, "name is null");
    requireNonNull(file, "file is null");
    requireNonNull(target, "target is null");
    steps = List.copyOf(steps);
    requireNonNull(proof, "proof is null");
  }
}
