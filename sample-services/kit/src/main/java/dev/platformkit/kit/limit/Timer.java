package dev.platformkit.kit.limit;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does things at moments that are still to come, without anybody waiting for them. */
interface Timer extends AutoCloseable {
  /** The present moment, as {@link System#nanoTime} tells it. */
  long now();

  /** Does this then; what is to be done earlier is done earlier. It must not take long. */
  void at(long moment, Runnable step);

  @Override
  void close();

  /** The real one: one thread, which only wakes others. */
  static Timer real() {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "rate-limit");
              made.setDaemon(true);
              return made;
            });
    return new Timer() {
      @Override
      public long now() {
        return System.nanoTime();
      }

      @Override
      public void at(long moment, Runnable step) {
        var unused = thread.schedule(step, moment - System.nanoTime(), TimeUnit.NANOSECONDS);
      }

      @Override
      public void close() {
        thread.shutdownNow();
      }
    };
  }
}
