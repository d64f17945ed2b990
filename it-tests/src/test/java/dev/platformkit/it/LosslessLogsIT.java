package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every line that a container writes is stored, and once, whatever happens to the container, its
 * log files, Filebeat and Elasticsearch meanwhile.
 */
class LosslessLogsIT {
  /** Far more than it takes: half a minute on an idle machine. */
  private static final Duration ARRIVAL = Duration.ofMinutes(4);

  private static LogPlatform platform;

  @BeforeAll
  static void up() {
    platform = new LogPlatform();
  }

  @AfterAll
  static void down() {
    platform.close();
  }

  @Test
  void rotationRemovalKillsAndAPauseLoseNothingAndDoubleNothing() {
    List<String> written = new ArrayList<>();
    List<String> writers = new ArrayList<>();
    for (String writer : List.of("w1", "w2", "w3", "w4")) {
      writers.add(write(Map.of("max-size", "500k", "max-file", "2"), writer, 10_000, written));
    }
    CompletableFuture<Void> disturbance = CompletableFuture.runAsync(LosslessLogsIT::disturb);
    for (int i = 0; i < 30; i++) {
      write(Map.of(), "short" + i, i + 1, written);
    }
    disturbance.join();
    await().atMost(ARRIVAL).until(() -> writers.stream().noneMatch(platform::isThere));

    assertAllArrive("lossless", written);
    assertThat(platform.metric("log_files_rescued_total")).as("files to rescue").isPositive();
    assertThat(platform.metric("log_files_missed_total")).isZero();
    assertThat(platform.metric("log_bytes_lost_total")).isZero();
  }

  /** The same proof, of a platform without what keeps lines: it has to tell that they are lost. */
  @Test
  void withoutTheLogKeeperTheProofFails() {
    List<String> written = new ArrayList<>();
    platform.kill("log-keeper");
    platform.kill("filebeat");
    List<String> writers =
        IntStream.range(0, 5).mapToObj(i -> write(Map.of(), "lost" + i, 10, written)).toList();
    await().atMost(ARRIVAL).until(() -> writers.stream().noneMatch(platform::isThere));
    platform.begin("filebeat");
    platform.begin("log-keeper");
    // What was there before is held before its first look at anything is shown.
    await("the log keeper watches")
        .atMost(ARRIVAL)
        .ignoreExceptions()
        .until(() -> platform.metric("log_files_held") > 0);

    List<String> after = new ArrayList<>();
    write(Map.of(), "after", 10, after);
    assertAllArrive("lossless after", after);
    LineCount count = LineCount.of(written, platform.stored("lossless lost"));
    assertThat(count.missing()).as(count.toString()).hasSize(50);
  }

  @Test
  void aLastLineWithoutANewlineArrives() {
    platform.start(Map.of(), "printf", "lossless endless line");

    assertAllArrive("lossless endless", List.of("lossless endless line"));
  }

  @Test
  void whatAServiceWritesWhileThePlatformGoesDownArrivesAfterTheNextUp() {
    String container = platform.container("elasticsearch");

    platform.downAndUp();

    await()
        .atMost(ARRIVAL)
        .until(
            () ->
                platform.count(
                        "filebeat-*", "container.id:" + container + "%20AND%20message:closed")
                    > 0);
  }

  @Test
  void whatElasticsearchRefusesIsKeptWithTheReasonAndCounted() {
    double before = platform.metric("log_lines_refused");
    platform.start(Map.of(), "echo", "{\"message\":\"fits\",\"refused\":\"word\"}");
    await().atMost(ARRIVAL).until(() -> platform.count("filebeat-*", "refused:word") == 1);

    platform.start(Map.of(), "echo", "{\"message\":\"does not fit\",\"refused\":{\"a\":\"b\"}}");

    await()
        .atMost(ARRIVAL)
        .untilAsserted(
            () -> {
              assertThat(platform.count("rejected-logs", "error.message:refused")).isEqualTo(1);
              assertThat(platform.metric("log_lines_refused")).isEqualTo(before + 1);
            });
  }

  /** A container that writes so many lines, and is removed. */
  private static String write(
      Map<String, String> options, String writer, int lines, List<String> written) {
    String line = "lossless " + writer + " ";
    IntStream.rangeClosed(1, lines).forEach(i -> written.add(line + i));
    return platform.start(options, "seq", "-f", line + "%.0f", "1", String.valueOf(lines));
  }

  private static void disturb() {
    for (int kill = 0; kill < 3; kill++) {
      platform.kill("filebeat");
      if (kill == 1) {
        platform.pause("elasticsearch");
      }
      pass(Duration.ofSeconds(1));
      platform.begin("filebeat");
      pass(Duration.ofSeconds(3));
    }
    platform.goOn("elasticsearch");
  }

  /** What is broken stays broken for so long. */
  private static void pass(Duration time) {
    long begin = System.nanoTime();
    await().atMost(ARRIVAL).until(() -> System.nanoTime() - begin > time.toNanos());
  }

  private static void assertAllArrive(String beginning, List<String> written) {
    AtomicReference<LineCount> count = new AtomicReference<>();
    await("every line")
        .atMost(ARRIVAL)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              count.set(LineCount.of(written, platform.stored(beginning)));
              assertThat(count.get().exact())
                  .as("%s; the log keeper: %s", count.get(), platform.metrics("log_"))
                  .isTrue();
            });
  }
}
