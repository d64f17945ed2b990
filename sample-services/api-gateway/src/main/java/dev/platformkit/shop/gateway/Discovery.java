package dev.platformkit.shop.gateway;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows which services there are, and what can be asked of each: one that appears is asked as
 * soon as it can be reached, and again and again, since the next release may be another contract.
 * One that left is remembered for a while, so that those who ask for it are told that it does not
 * answer, and not that it never was.
 */
final class Discovery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Set<Status.Code> UNREACHABLE =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);
  private static final String REGISTRY = "the registry";

  private final Function<String, Channel> channels;
  private final Consumer<Known> listener;
  private final Pace pace;
  private final ThreadFactory daemons =
      new ThreadFactoryBuilder().setDaemon(true).setNameFormat("discovery-%d").build();
  private final ScheduledExecutorService turn = Executors.newScheduledThreadPool(1, daemons);
  private final ExecutorService asking =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons);
  private final Map<String, Service> services = new HashMap<>();
  private boolean namesKnown;
  private Optional<Known> last = Optional.empty();

  /**
   * Tells the listener what is known, now and at every change, always from one thread.
   *
   * @param channels where services are asked, in nobody's name
   */
  Discovery(Function<String, Channel> channels, Pace pace, Consumer<Known> listener) {
    this.channels = channels;
    this.listener = listener;
    this.pace = pace;
    inTurn(this::tell);
  }

  /**
   * How patient this is.
   *
   * @param answer how long a service has to be reached and to tell
   * @param again when it is asked again
   * @param memory for how long one that left is remembered
   */
  record Pace(Duration answer, Duration again, Duration memory) {
    Pace {
      requireNonNull(answer, "answer is null");
      requireNonNull(again, "again is null");
      requireNonNull(memory, "memory is null");
    }

    static Pace usual() {
      return new Pace(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(1));
    }
  }

  /** These services are there now. */
  void found(Set<String> names) {
    inTurn(() -> heard(names));
  }

  @Override
  public void close() {
    turn.shutdownNow();
    asking.shutdownNow();
  }

  private void inTurn(Runnable step) {
    later(Duration.ZERO, step);
  }

  private void later(Duration wait, Runnable step) {
    if (turn.isShutdown()) {
      return;
    }
    Future<?> unused =
        turn.schedule(
            () -> {
              try {
                step.run();
              } catch (RuntimeException e) {
                log.error("what services tell could not be used", e);
              }
            },
            wait.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void heard(Set<String> names) {
    namesKnown = true;
    for (String name : names) {
      Service service = services.computeIfAbsent(name, Service::new);
      if (service.gone) {
        service.gone = false;
        service.ask();
      }
    }
    services.values().stream()
        .filter(service -> !service.gone && !names.contains(service.name))
        .forEach(Service::leave);
    tell();
  }

  private void tell() {
    Map<String, Told> contracts = new TreeMap<>();
    services.values().forEach(s -> s.told.ifPresent(told -> contracts.put(s.name, told)));
    Optional<String> waitingFor =
        namesKnown
            ? services.values().stream()
                .filter(s -> !s.heardOut && !s.gone)
                .map(s -> s.name)
                .sorted()
                .findFirst()
            : Optional.of(REGISTRY);
    Known now = new Known(contracts, waitingFor);
    if (!last.equals(Optional.of(now))) {
      last = Optional.of(now);
      listener.accept(now);
    }
  }

  /** What is known of one service; touched in turn only. */
  private final class Service {
    private final String name;
    private Optional<Told> told = Optional.empty();
    private boolean heardOut;
    private boolean silent;
    private boolean gone = true;
    private int departures;
    private int questions;

    Service(String name) {
      this.name = name;
    }

    void leave() {
      gone = true;
      int departure = ++departures;
      later(
          pace.memory(),
          () -> {
            if (gone && departure == departures) {
              services.remove(name);
              tell();
            }
          });
    }

    void ask() {
      int question = ++questions;
      asking.execute(() -> askNow(question));
    }

    private void askNow(int question) {
      try {
        Told answer = Reflection.ask(channels.apply(name), pace.answer());
        inTurn(() -> answered(question, answer));
      } catch (StatusException e) {
        boolean unreachable = UNREACHABLE.contains(e.getStatus().getCode());
        inTurn(() -> notAnswered(question, unreachable, e));
      } catch (InvalidProtocolBufferException | RuntimeException e) {
        inTurn(() -> notAnswered(question, false, e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void answered(int question, Told answer) {
      if (question == questions) {
        later(pace.again(), () -> askAgain(question));
        silent = false;
        heardOut(Optional.of(answer));
      }
    }

    private void notAnswered(int question, boolean unreachable, Exception why) {
      if (question == questions) {
        // Who is not there yet may come any moment; who will not tell does so with a new release.
        later(unreachable ? RETRY : pace.again(), () -> askAgain(question));
        if (!silent) {
          log.info("{} does not say what can be asked of it: {}", name, why.getMessage());
        }
        silent = true;
        heardOut(told);
      }
    }

    private void heardOut(Optional<Told> answer) {
      boolean news = !heardOut || !answer.equals(told);
      heardOut = true;
      told = answer;
      if (news) {
        tell();
      }
    }

    private void askAgain(int question) {
      if (!gone && question == questions) {
        ask();
      }
    }
  }
}
