package dev.platformkit.kit.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker for services that run in one process, as in a test. */
public final class InProcessBroker implements Broker {
  private static final Logger log = LoggerFactory.getLogger(InProcessBroker.class);
  private static final Duration LONGEST_HANDLING = Duration.ofSeconds(2);

  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

  @Override
  public synchronized void publish(Message message) {
    Map<String, List<Member>> groups =
        members.stream()
            .filter(member -> member.subject.equals(message.subject()))
            .collect(Collectors.groupingBy(member -> member.group));
    groups.forEach(
        (group, those) -> {
          int turn = turns.computeIfAbsent(group, g -> new AtomicInteger()).getAndIncrement();
          those.get(Math.floorMod(turn, those.size())).take(message);
        });
  }

  @Override
  public synchronized Subscription subscribe(String subject, String group, Handler handler) {
    Member member = new Member(subject, group, handler);
    members.add(member);
    return member;
  }

  @Override
  public void close() {
    members.forEach(Member::close);
  }

  private synchronized void leave(Member member) {
    members.remove(member);
  }

  private final class Member implements Subscription {
    private final String subject;
    private final String group;
    private final Handler handler;
    private final ExecutorService turn;

    Member(String subject, String group, Handler handler) {
      this.subject = subject;
      this.group = group;
      this.handler = handler;
      turn =
          Executors.newSingleThreadExecutor(
              task -> {
                Thread thread = new Thread(task, "messages-" + subject);
                thread.setDaemon(true);
                return thread;
              });
    }

    void take(Message message) {
      turn.execute(
          () -> {
            try {
              handler.handle(message);
            } catch (RuntimeException e) {
              log.error("a message on {} was not handled", subject, e);
            }
          });
    }

    @Override
    public boolean established() {
      return !turn.isShutdown();
    }

    @Override
    public void close() {
      leave(this);
      turn.shutdown();
      try {
        if (!turn.awaitTermination(LONGEST_HANDLING.toMillis(), TimeUnit.MILLISECONDS)) {
          turn.shutdownNow();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
