package dev.platformkit.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What we ask of a Docker Engine that runs. Every call throws a {@link
 * dev.platformkit.problem.Problem} that exits 3 when the engine does not answer. Safe for use by
 * several threads.
 */
public interface Engine extends AutoCloseable {
  /** Every container of a platform, stopped ones included, ordered by service and number. */
  List<Container> containers(String platform);

  /**
   * Reads what a container has written since a time, oldest first, until the end of what is there.
   *
   * @param since inclusive; {@link Instant#EPOCH} for all that the engine still holds
   */
  List<LogLine> logs(String containerId, Instant since);

  /** Reads the last lines that a container has written, oldest first, however long ago. */
  List<LogLine> lastLogs(String containerId, int most);

  /**
   * The texts of the files that stand directly in a folder of a container, by name; it need not
   * run. Empty where it has no such folder.
   */
  Map<String, String> files(String containerId, String folder);

  /**
   * Follows what a container writes, from a time on, until the returned handle is closed or the
   * container ends. Lines come on a thread of the engine client's.
   */
  AutoCloseable follow(String containerId, Instant since, Consumer<LogLine> lines);

  /**
   * Tells what happens to a platform's containers from now on (create, start, die, oom, destroy,
   * health changes, pause ...), in order, until the returned handle is closed. Events come on a
   * thread of the engine client's.
   */
  AutoCloseable watch(String platform, Consumer<ContainerEvent> events);

  /**
   * Resident memory of each running container of a platform in bytes by container id, page cache
   * excluded.
   */
  Map<String, Long> residentMemory(String platform);

  @Override
  void close();
}
