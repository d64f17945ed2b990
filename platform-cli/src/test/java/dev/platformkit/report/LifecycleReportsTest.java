package dev.platformkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.lifecycle.Progress;
import dev.platformkit.lifecycle.Progress.Cell;
import dev.platformkit.lifecycle.Progress.Mark;
import dev.platformkit.lifecycle.Progress.Row;
import dev.platformkit.lifecycle.ServiceStatus;
import dev.platformkit.lifecycle.Status;
import dev.platformkit.project.Platform;
import dev.platformkit.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person sees of a platform's way up and of its state, to the letter. */
class LifecycleReportsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final StringWriter err = new StringWriter();

  private final Progress progress =
      new Progress(
          Duration.ofSeconds(12),
          List.of(
              new Row(
                  "data",
                  List.of(cell("postgres", Mark.READY, 2100), cell("nats", Mark.READY, 300))),
              new Row(
                  "logging",
                  List.of(
                      cell("elasticsearch", Mark.STARTING, 12_000),
                      cell("filebeat", Mark.FAILED, 900),
                      new Cell("log-retention", Mark.WAITING, Optional.empty(), ""))),
              new Row(
                  "dashboards",
                  List.of(new Cell("grafana", Mark.LEFT_OUT, Optional.empty(), "left out")))));

  @Test
  void aPlatformOnItsWayUp() {
    assertThat(String.join("\n", ProgressText.lines(progress, console(false, true, 120))) + "\n")
        .isEqualTo(
            """
              data        ✓ postgres 2.1s   ✓ nats 0.3s
              logging     ◌ elasticsearch starting 12s   ✗ filebeat 0.9s   ◌ log-retention
              dashboards  · grafana left out
            """);
  }

  @Test
  void whatDoesNotFitGoesOnUnderTheFirstService() {
    assertThat(ProgressText.lines(progress, console(false, false, 44)))
        .containsExactly(
            "  data        ok postgres 2.1s",
            "              ok nats 0.3s",
            "  logging     .. elasticsearch starting 12s",
            "              XX filebeat 0.9s",
            "              .. log-retention",
            "  dashboards  -- grafana left out");
  }

  @Test
  void withoutATerminalAStackIsToldOnceWhenItIsSettled() {
    ProgressDisplay display = new ProgressDisplay(console(false, true, 120));

    display.show(progress);
    display.show(progress);

    assertThat(err.toString())
        .isEqualTo(
            """
              data        ✓ postgres 2.1s   ✓ nats 0.3s
              dashboards  · grafana left out
            """);
  }

  @Test
  void onATerminalTheTableIsDrawnOverItself() {
    ProgressDisplay display = new ProgressDisplay(console(true, true, 120));

    display.show(progress);
    display.show(progress);
    display.show(new Progress(Duration.ofSeconds(13), progress.rows().subList(0, 1)));

    assertThat(err.toString()).containsOnlyOnce("\033[3A").endsWith("\033[J");
  }

  @Test
  void aStatusNamesWhatIsNotReadyAndWhy() {
    assertThat(new StatusText(console(false, true, 120), NOW).of(status(), platform()))
        .isEqualTo(
            """
            demo · 1 of 2 services ready

              data        ✓ nats 2h
              samples     ✗ cart
              · grafana left out: it exists only as an official image, and images are built here

            ✗ cart  exited: exit code 137 (SIGKILL), 12s ago
              try: platform logs cart
                   platform up
            """);
  }

  @Test
  void aStatusForPrograms() {
    assertThat(StatusJson.of(status()).replaceAll("\\s+", ""))
        .isEqualTo(
            """
            {"schema":"platform.status/1","name":"demo","ready":false,"services":[\
            {"service":"nats","stack":"data","state":"running","ready":true,\
            "since":"2026-01-01T10:00:00Z","cause":null},\
            {"service":"cart","stack":"samples","state":"exited","ready":false,\
            "since":"2026-01-01T11:59:48Z","cause":"exited:exitcode137(SIGKILL)"}],\
            "left_out":["grafana"]}""");
  }

  private static Status status() {
    return new Status(
        "demo",
        List.of(
            new ServiceStatus(
                "nats",
                "data",
                "running",
                true,
                Optional.of(NOW.minus(Duration.ofHours(2))),
                Optional.empty()),
            new ServiceStatus(
                "cart",
                "samples",
                "exited",
                false,
                Optional.of(NOW.minusSeconds(12)),
                Optional.of("exited: exit code 137 (SIGKILL)"))),
        List.of("grafana"));
  }

  private static Platform platform() {
    return new Platform(Path.of("/p"), "demo", true);
  }

  private static Cell cell(String service, Mark mark, long millis) {
    return new Cell(service, mark, Optional.of(Duration.ofMillis(millis)), "");
  }

  private Console console(boolean interactive, boolean unicode, int width) {
    return new Console(
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true),
        interactive,
        false,
        false,
        unicode,
        width);
  }
}
