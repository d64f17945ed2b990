package dev.platformkit.kit.consul;

import com.ecwid.consul.v1.QueryParams;
import com.ecwid.consul.v1.Response;
import dev.platformkit.kit.Stopping;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consul's way to hear of changes: a question is answered only when the answer is newer than an
 * index. When Consul did not answer, the index is forgotten: one that comes back without its data
 * counts from the beginning, and would let us wait for an index that is long gone.
 */
final class BlockingQuery<T> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BlockingQuery.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final String name;
  private final Function<QueryParams, Response<T>> question;
  private final Consumer<T> changed;
  private final Consumer<Exception> failed;
  private final Stopping stopping = new Stopping();

  private BlockingQuery(
      String name,
      Function<QueryParams, Response<T>> question,
      Consumer<T> changed,
      Consumer<Exception> failed) {
    this.name = name;
    this.question = question;
    this.changed = changed;
    this.failed = failed;
  }

  static <T> BlockingQuery<T> start(
      String name,
      Function<QueryParams, Response<T>> question,
      Consumer<T> changed,
      Consumer<Exception> failed) {
    BlockingQuery<T> query = new BlockingQuery<>(name, question, changed, failed);
    Thread thread = new Thread(query::run, "watch-" + name);
    thread.setDaemon(true);
    thread.start();
    return query;
  }

  @Override
  public void close() {
    stopping.now();
  }

  private void run() {
    long index = 0;
    T last = null;
    boolean answering = true;
    while (!stopping.told()) {
      try {
        Response<T> response = question.apply(params(index));
        if (!answering) {
          log.info("consul answers again about {}", name);
          answering = true;
        }
        index = next(index, response.getConsulIndex());
        if (!Objects.equals(last, response.getValue()) && !stopping.told()) {
          last = response.getValue();
          changed.accept(last);
        }
      } catch (RuntimeException e) {
        index = 0;
        if (answering && !stopping.told()) {
          log.warn("consul does not answer about {}: {}", name, e.getMessage());
          answering = false;
          failed.accept(e);
        }
        stopping.within(RETRY);
      }
    }
  }

  /** An index that goes backwards starts again; none at all must not make us ask without pause. */
  private static long next(long index, Long answered) {
    if (answered == null) {
      return 1;
    }
    return answered < index ? 0 : Math.max(1, answered);
  }

  private static QueryParams params(long index) {
    return QueryParams.Builder.builder()
        .setIndex(index)
        .setWaitTime(Consul.LONGEST_WAIT.toSeconds())
        .build();
  }
}
