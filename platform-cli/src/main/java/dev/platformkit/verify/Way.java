package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of a signal, hop by hop, each established by an observation of its own: what was seen
 * there is the hop's, not concluded from its neighbours. Immutable.
 */
public record Way(List<Hop> hops) {
  private static final Way NONE = new Way(List.of());

  /** What an observation showed of a hop. */
  public enum State {
    /** The signal was seen there. */
    REACHED,
    /** The signal was looked for there and is missing. */
    BROKEN,
    /** Nobody could look, or the look showed nothing either way. */
    UNKNOWN
  }

  /**
   * One hop.
   *
   * @param name what the signal is once it has come so far: {@code created}, {@code collected}
   * @param observed what was seen there, for people
   */
  public record Hop(String name, State state, String observed) {
    public Hop {
      requireNonNull(name, "name is null");
      requireNonNull(state, "state is null");
      requireNonNull(observed, "observed is null");
    }
  }

  public Way {
    hops = List.copyOf(hops);
  }

  /** Where nobody looked at hops. */
  public static Way none() {
    return NONE;
  }

  public Way reached(String hop, String observed) {
    return with(new Hop(hop, State.REACHED, observed));
  }

  public Way broken(String hop, String observed) {
    return with(new Hop(hop, State.BROKEN, observed));
  }

  public Way unknown(String hop, String observed) {
    return with(new Hop(hop, State.UNKNOWN, observed));
  }

  /** Reached where this holds, else broken. */
  public Way hop(String hop, boolean reached, String observed) {
    return reached ? reached(hop, observed) : broken(hop, observed);
  }

  /**
   * The first broken hop, {@code collected -> accepted} with the last that the signal was seen at,
   * or the hop's name alone where it was seen nowhere before.
   */
  public Optional<String> broken() {
    String seen = null;
    for (Hop hop : hops) {
      if (hop.state() == State.BROKEN) {
        return Optional.of(seen == null ? hop.name() : seen + " -> " + hop.name());
      }
      if (hop.state() == State.REACHED) {
        seen = hop.name();
      }
    }
    return Optional.empty();
  }

  private Way with(Hop hop) {
    List<Hop> all = new ArrayList<>(hops);
    all.add(hop);
    return new Way(all);
  }
}
