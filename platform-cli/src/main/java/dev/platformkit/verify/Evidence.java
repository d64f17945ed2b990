package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.journey.StepRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run has judged, and of what.
 *
 * @param nonce what tells this run from every other; every value that it sent carries it
 */
public record Evidence(
    String nonce,
    Instant started,
    Duration took,
    Verdict verdict,
    Subject platform,
    List<JourneyEvidence> journeys,
    List<Check> checks) {

  /** The platform that was judged, as it was. */
  public record Subject(String name, List<Image> images, Map<String, String> configs) {
    public Subject {
      requireNonNull(name, "name is null");
      images = List.copyOf(images);
      configs = Map.copyOf(configs);
    }
  }

  /** What a service ran from. */
  public record Image(String service, String image, String id) {
    public Image {
      requireNonNull(service, "service is null");
      requireNonNull(image, "image is null");
      requireNonNull(id, "id is null");
    }
  }

  /** A journey that was gone, and what was seen of it. */
  public record JourneyEvidence(
      String name,
      Verdict verdict,
      String traceId,
      Duration took,
      List<StepRun> steps,
      Exhibits exhibits) {
    public JourneyEvidence {
      requireNonNull(name, "name is null");
      requireNonNull(verdict, "verdict is null");
      requireNonNull(traceId, "traceId is null");
      requireNonNull(took, "took is null");
      steps = List.copyOf(steps);
      requireNonNull(exhibits, "exhibits is null");
    }
  }

  public Evidence {
    requireNonNull(nonce, "nonce is null");
    requireNonNull(started, "started is null");
    requireNonNull(took, "took is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(platform, "platform is null");
    journeys = List.copyOf(journeys);
    checks = List.copyOf(checks);
  }

  /** How many checks have a verdict. */
  public long count(Verdict of) {
    return checks.stream().filter(check -> check.verdict() == of).count();
  }
}
