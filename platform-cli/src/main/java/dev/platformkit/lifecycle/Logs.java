package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What the containers of a platform wrote, as the engine kept it, in the order of its clock. */
public final class Logs {
  /** How far back to look for the last lines: most often the first step has enough of them. */
  private static final List<Duration> STEPS_BACK =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofHours(12));

  private static final Duration SETTLED = Duration.ofMillis(150);

  private final Engine engine;
  private final Platform platform;
  private final List<Container> containers;

  /**
   * One line.
   *
   * @param source the service, or the container where a service has several
   */
  public record Entry(String source, LogLine line) {
    public Entry {
      requireNonNull(source, "source is null");
      requireNonNull(line, "line is null");
    }
  }

  /** Takes lines, and says whether it wants more. */
  public interface Reader {
    boolean read(Entry entry);
  }

  private Logs(Engine engine, Platform platform, List<Container> containers) {
    this.engine = engine;
    this.platform = platform;
    this.containers = List.copyOf(containers);
  }

  /**
   * The logs of services.
   *
   * @param services empty for all
   * @throws Problem exit 2 for an unknown service, exit 3 when nothing of the platform is there
   */
  public static Logs of(Engine engine, Platform platform, List<String> services) {
    List<Container> all = engine.containers(platform.name());
    if (all.isEmpty()) {
      throw Status.notRunning(platform);
    }
    List<String> known = all.stream().map(Container::service).distinct().sorted().toList();
    for (String service : services) {
      if (!known.contains(service)) {
        Problem problem =
            Problem.usage("there is no service \"" + service + "\" in " + platform.name());
        throw Nearest.of(service, known)
            .map(near -> problem.detail("did you mean \"" + near + "\"?"))
            .orElse(problem)
            .detail("its services: " + String.join(", ", known));
      }
    }
    return new Logs(
        engine,
        platform,
        all.stream().filter(c -> services.isEmpty() || services.contains(c.service())).toList());
  }

  /** How many of these containers there are, and the widest name among their sources. */
  public int sourceWidth() {
    return containers.stream().mapToInt(c -> source(c).length()).max().orElse(0);
  }

  /** Every line since a time that is wanted, oldest first. */
  public List<Entry> since(Instant since, Predicate<LogLine> wanted) {
    List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
    Up.forEach(
        containers,
        container ->
            engine.logs(container.id(), since).stream()
                .filter(wanted)
                .forEach(line -> entries.add(new Entry(source(container), line))));
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(entry -> entry.line().time()));
    return sorted;
  }

  /** The last lines, oldest first. */
  public List<Entry> last(int count) {
    for (Duration back : STEPS_BACK) {
      List<Entry> entries = since(Instant.now().minus(back), line -> true);
      if (entries.size() >= count) {
        return entries.subList(entries.size() - count, entries.size());
      }
    }
    List<Entry> all = since(Instant.EPOCH, line -> true);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /**
   * Hands over lines as they are written, those of containers that start later included, until the
   * reader wants no more. Lines are held for a moment, so that those of several containers come in
   * order.
   */
  public void follow(Instant from, Predicate<LogLine> wanted, Reader reader) {
    BlockingQueue<Entry> fresh = new LinkedBlockingQueue<>();
    Set<String> followed = new HashSet<>();
    Set<String> services = new HashSet<>(containers.stream().map(Container::service).toList());
    List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());
    try {
      BlockingQueue<String> starts = new LinkedBlockingQueue<>();
      open.add(
          engine.watch(
              platform.name(),
              event -> {
                if (event.action().equals("start") && services.contains(event.service())) {
                  starts.add(event.containerId());
                }
              }));
      containers.forEach(c -> attach(c, from, wanted, followed, fresh, open));
      List<Entry> held = new ArrayList<>();
      while (deliver(fresh, held, reader)) {
        for (String id = starts.poll(); id != null; id = starts.poll()) {
          String started = id;
          Instant now = Instant.now().minus(Duration.ofSeconds(2));
          followed.remove(started);
          engine.containers(platform.name()).stream()
              .filter(c -> c.id().equals(started))
              .forEach(c -> attach(c, c.started().orElse(now), wanted, followed, fresh, open));
        }
      }
    } finally {
      open.forEach(Logs::close);
    }
  }

  private void attach(
      Container container,
      Instant from,
      Predicate<LogLine> wanted,
      Set<String> followed,
      BlockingQueue<Entry> fresh,
      List<AutoCloseable> open) {
    if (followed.add(container.id())) {
      open.add(
          engine.follow(
              container.id(),
              from,
              line -> {
                if (wanted.test(line)) {
                  fresh.add(new Entry(source(container), line));
                }
              }));
    }
  }

  /** Hands over what is old enough to be in order; false when the reader wants no more. */
  private static boolean deliver(BlockingQueue<Entry> fresh, List<Entry> held, Reader reader) {
    try {
      Entry next = fresh.poll(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
      if (next != null) {
        held.add(next);
      }
      fresh.drainTo(held);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    held.sort(Comparator.comparing(entry -> entry.line().time()));
    Instant settled = Instant.now().minus(SETTLED);
    int ready = 0;
    while (ready < held.size() && held.get(ready).line().time().isBefore(settled)) {
      if (!reader.read(held.get(ready))) {
        return false;
      }
      ready++;
    }
    held.subList(0, ready).clear();
    return true;
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw Problem.unable("a log could not be let go: " + e).causedBy(e);
    }
  }

  private String source(Container container) {
    Optional<Container> other =
        containers.stream()
            .filter(c -> c.service().equals(container.service()) && !c.id().equals(container.id()))
            .findFirst();
    return other.isPresent() ? container.name() : container.service();
  }
}
