package dev.platformkit.verify.run;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Engine;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Redaction;
import dev.platformkit.verify.flow.Course;
import java.util.List;
import java.util.Optional;

/**
 * What one run judges, as it was found at the run's start: a platform that an engine of ours runs,
 * or one that runs elsewhere.
 */
public interface Site {
  /** The engine whose logs are the truth about what was written; empty where there is none. */
  Optional<Engine> engine();

  /** Every container; none where there is no engine. */
  List<Container> containers();

  /** Where its servers and services are reached. */
  Addresses addresses();

  /** Its secrets, none of which may stand in evidence; the run adds its own. */
  Redaction redaction();

  /**
   * What is judged of it whatever journeys there are.
   *
   * @param course the run
   */
  List<Probe> probes(Course course);

  /** A journey's proof with the patience that this site asks for. */
  default Probe paced(Probe proof) {
    return proof;
  }

  /** A check as it is told of this site. */
  default Check told(Check check) {
    return redaction().of(check);
  }

  /** What it was made of, as far as that is known. */
  Evidence.Subject subject();
}
