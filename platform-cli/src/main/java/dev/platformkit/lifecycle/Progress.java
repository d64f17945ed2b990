package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a platform is on its way up.
 *
 * @param elapsed since the start
 */
public record Progress(Duration elapsed, List<Row> rows) {
  /** How far a service is. */
  public enum Mark {
    /** It has no running container yet. */
    WAITING,
    /** Its container runs, and it is not ready. */
    STARTING,
    READY,
    FAILED,
    LEFT_OUT
  }

  /** The services of one stack. */
  public record Row(String stack, List<Cell> cells) {
    public Row {
      requireNonNull(stack, "stack is null");
      cells = List.copyOf(cells);
    }

    /** Whether nothing of it is still on its way. */
    public boolean settled() {
      return cells.stream()
          .noneMatch(cell -> cell.mark() == Mark.WAITING || cell.mark() == Mark.STARTING);
    }
  }

  /**
   * One service.
   *
   * @param time how long its container took to be ready, or has taken up to now; empty where it did
   *     not start just now
   * @param note what else there is to say, for example why it was left out
   */
  public record Cell(String service, Mark mark, Optional<Duration> time, String note) {
    public Cell {
      requireNonNull(service, "service is null");
      requireNonNull(mark, "mark is null");
      requireNonNull(time, "time is null");
      requireNonNull(note, "note is null");
    }
  }

  /** Takes what is to be shown, on one thread, several times a second. */
  public interface Listener {
    void show(Progress progress);
  }

  public Progress {
    requireNonNull(elapsed, "elapsed is null");
    rows = List.copyOf(rows);
  }
}
