package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Target;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.stack.Stack;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrape targets, as the files declare them against what Prometheus says. */
class TargetProbeTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  @TempDir private Path root;

  @Test
  void aTargetThatIsUpByAScrapeOfThisRunIsGood() {
    assertThat(look(target("up", 1)).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aTargetThatWasUpBeforeThisRunIsNotYetGood() {
    Finding finding = look(target("up", -1));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).isFalse();
  }

  @Test
  void aTargetThatIsDownIsBad() {
    assertThat(look(target("down", 1)).observed())
        .isEqualTo("http://cart:9464/metrics is down: refused");
  }

  @Test
  void aJobWithoutTargetsIsBad() {
    assertThat(look().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(look(new Target("other", Map.of(), "", "up", "", START.plusSeconds(1))).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void jobsAreThoseOfTheChosenStacksFiles() throws IOException {
    write(
        "stacks/samples/prometheus/jobs.yaml",
        """
        scrape_configs:
          - job_name: cart
            static_configs:
              - targets: ["cart:9464"]
          - job_name: found-elsewhere
            consul_sd_configs: []
        """);
    Node.Mapping none = new Node.Mapping(new Position("x", 1, 1), List.of());
    Path stacks = root.resolve("stacks");
    Path compose = Path.of("compose.yaml");
    Stack samples =
        new Stack(
            "samples", stacks.resolve("samples").resolve(compose), "", List.of(), List.of(), none);
    Stack data =
        new Stack("data", stacks.resolve("data").resolve(compose), "", List.of(), List.of(), none);

    assertThat(ScrapeJobs.of(root, List.of(data, samples)))
        .extracting(ScrapeJobs.Job::name)
        .containsExactly("cart", "found-elsewhere");
    assertThat(ScrapeJobs.of(root, List.of(data))).isEmpty();
  }

  private static Prometheus nobody() {
    throw new AssertionError("only whoever explains asks for it");
  }

  private static Target target(String health, int secondsAfterStart) {
    return new Target(
        "cart",
        Map.of("job", "cart", "instance", "cart:9464"),
        "http://cart:9464/metrics",
        health,
        "refused",
        START.plusSeconds(secondsAfterStart));
  }

  private static Finding look(Target... targets) {
    ScrapeJobs.Job job = new ScrapeJobs.Job("cart", "scrape/samples.yaml", 1);
    return new TargetProbe(job, () -> List.of(targets), TargetProbeTest::nobody, START).look();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
