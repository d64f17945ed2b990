package dev.platformkit.it;

import java.util.function.Consumer;

/**
 * One thing that can go wrong, and what verify has to say of it.
 *
 * @param what as a sentence
 * @param how it is brought about
 * @param check the id of the check that has to fail
 * @param hop the first broken hop that it has to name; empty where a check has none
 * @param about what it has to speak of
 */
record Fault(String what, Consumer<FaultPlatform> how, String check, String hop, String about) {

  /** Begins a fault: {@code fault("…", p -> …).is("trace/complete", "created", "notes")}. */
  static Beginning fault(String what, Consumer<FaultPlatform> how) {
    return (check, hop, about) -> new Fault(what, how, check, hop, about);
  }

  /** What is done, before it is said what that is. */
  interface Beginning {
    Fault is(String check, String hop, String about);
  }

  @Override
  public String toString() {
    return what;
  }
}
