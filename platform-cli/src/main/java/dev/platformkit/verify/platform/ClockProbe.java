package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.ClockOffset;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Every server that tells the time with its answers has the time that we have. What is ordered by
 * time, samples and spans and lines, is told wrongly where that is not so.
 */
final class ClockProbe implements Probe {
  private final Map<String, Supplier<Optional<ClockOffset>>> clocks;

  /**
   * A probe.
   *
   * @param clocks by the names of whom is asked; who does not answer is another check's affair
   */
  ClockProbe(Map<String, Supplier<Optional<ClockOffset>>> clocks) {
    this.clocks = new TreeMap<>(requireNonNull(clocks, "clocks is null"));
  }

  @Override
  public String id() {
    return "platform/clock";
  }

  @Override
  public String subject() {
    return "clocks";
  }

  @Override
  public String expected() {
    return "no clock more than 2 s off ours";
  }

  @Override
  public Finding look() {
    int told = 0;
    List<String> off = new ArrayList<>();
    for (Map.Entry<String, Supplier<Optional<ClockOffset>>> clock : clocks.entrySet()) {
      Optional<ClockOffset> offset = ask(clock.getValue());
      told += offset.isPresent() ? 1 : 0;
      offset
          .filter(ClockOffset::isOff)
          .ifPresent(o -> off.add("the clock of %s is %s".formatted(clock.getKey(), o.inWords())));
    }
    if (told == 0) {
      return Finding.skip("no server tells the time");
    }
    return off.isEmpty()
        ? Finding.pass(told + " clocks agree")
        : Finding.fail(String.join("; ", off));
  }

  private static Optional<ClockOffset> ask(Supplier<Optional<ClockOffset>> clock) {
    try {
      return clock.get();
    } catch (BackendException | NotRunningException | NotPartOfPlatformException e) {
      return Optional.empty();
    }
  }
}
