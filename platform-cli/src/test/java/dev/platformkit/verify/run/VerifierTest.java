package dev.platformkit.verify.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.engine.Container.State;
import dev.platformkit.lifecycle.LoadedContent;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Assembly;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Journeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
  private final FakePlatform platform = new FakePlatform();
  private final List<Check> told = Collections.synchronizedList(new ArrayList<>());

  @TempDir private Path root;

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aPlatformThatDoesNotRunCannotBeJudged() {
    platform.in("gateway", State.EXITED, 0);

    assertThatThrownBy(() -> verify(List.of(), List.of(), Set.of()))
        .isInstanceOfSatisfying(
            Problem.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.UNABLE);
              assertThat(e.tries()).containsExactly("platform up");
            });
  }

  @Test
  void aServiceThatRunsIsAllThatIsAskedOfASmallPlatform() throws Exception {
    platform.running("gateway");

    Evidence evidence = verify(List.of(), List.of(), Set.of());

    assertThat(evidence.verdict()).isEqualTo(Verdict.PASS);
    assertThat(evidence.checks()).extracting(Check::id).containsExactly("platform/containers");
    assertThat(told).containsExactlyElementsOf(evidence.checks());
  }

  @Test
  void aStackThatIsLeftOutMakesItPartialUnlessItIsRequired() throws Exception {
    platform.running("gateway");

    assertThat(verify(List.of(), List.of("dashboards"), Set.of()).verdict())
        .isEqualTo(Verdict.PARTIAL);
    assertThat(verify(List.of(), List.of("dashboards"), Set.of("dashboards")).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void whenAJourneyCannotBeGoneItsProofsAreNotSilentlyGone() throws Exception {
    platform.running("cart").in("gateway", State.EXITED, 137);

    Evidence evidence = verify(List.of(Journeys.shopping()), List.of(), Set.of());

    assertThat(evidence.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(evidence.checks().stream().filter(c -> c.subject().equals("shopping")))
        .extracting(Check::id, Check::verdict)
        .containsExactly(
            tuple("journey/steps", Verdict.FAIL),
            tuple("trace/complete", Verdict.INCONCLUSIVE),
            tuple("trace/complete", Verdict.INCONCLUSIVE),
            tuple("logs/exact", Verdict.INCONCLUSIVE),
            tuple("metrics/rise", Verdict.INCONCLUSIVE),
            tuple("logs/absent", Verdict.INCONCLUSIVE));
    assertThat(evidence.checks().get(0).observed()).contains("gateway").contains("exited (137)");
  }

  @Test
  void aJourneyThatIsNotAnsweredAsExpectedFailsAtItsStep() throws Exception {
    platform.running("gateway", "cart");
    platform.server.on("POST /v1/sessions", 503, "too busy");

    Evidence evidence = verify(List.of(Journeys.shopping()), List.of(), Set.of());

    assertThat(evidence.checks().get(0).observed())
        .isEqualTo(
            "step log-in (POST /v1/sessions): expected 201, $.name is {{unique}}, has"
                + " $.token, got 503 too busy");
    assertThat(evidence.journeys().get(0).steps()).hasSize(1);
    assertThat(evidence.journeys().get(0).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aJourneyGoneWithoutAnyBackendIsNotGreen() throws Exception {
    platform.running("gateway", "cart");
    platform.server.on(
        "POST /v1/sessions",
        asked ->
            new FakeServer.Answer(
                201, asked.body().replaceFirst("\\{", "{\"token\":\"t0ken-of-nobody\",")));
    platform.server.on("GET /v1/cart", "{}");

    Evidence evidence = verify(List.of(Journeys.shopping()), List.of(), Set.of());

    assertThat(evidence.checks().get(0).verdict()).isEqualTo(Verdict.PASS);
    assertThat(evidence.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(evidence.count(Verdict.SKIP)).isEqualTo(5);
    assertThat(evidence.toString()).doesNotContain("t0ken-of-nobody");
  }

  @Test
  void aJourneyThatOthersStandForIsGoneOnce() throws Exception {
    platform.running("gateway", "cart");

    verify(List.of(clearing("near", "gateway"), clearing("far", "cart")), List.of(), Set.of());

    assertThat(steps("DELETE /v1/near")).isEqualTo(1);
    assertThat(steps("DELETE /v1/far")).isEqualTo(2);
  }

  @Test
  void whereTheSentinelDoesNotComeToItsEndOthersStandIn() throws Exception {
    platform.running("gateway", "cart");
    List<Journey> journeys = List.of(clearing("near", "gateway"), clearing("far", "cart"));
    AtomicInteger asked = new AtomicInteger();
    platform.server.on(
        "DELETE /v1/far", a -> new FakeServer.Answer(asked.incrementAndGet() > 1 ? 409 : 200, ""));

    Evidence evidence = verify(journeys, List.of(), Set.of());

    assertThat(evidence.checks().stream().filter(c -> c.id().equals("journey/steps")))
        .extracting(Check::subject, Check::verdict)
        .containsExactly(tuple("near", Verdict.PASS), tuple("far", Verdict.FAIL));
    assertThat(evidence.checks().toString()).contains("when gone again as the sentinel");
    assertThat(steps("DELETE /v1/near")).isEqualTo(2);
  }

  private long steps(String call) {
    return platform.server.calls().stream().filter(call::equals).count();
  }

  private Journey clearing(String name, String service) {
    platform.server.on("DELETE /v1/" + name, "{}");
    return Journeys.clearing(name, service);
  }

  private Evidence verify(List<Journey> journeys, List<String> notChosen, Set<String> required)
      throws InterruptedException {
    LocalSite.Order order =
        new LocalSite.Order(
            new Platform(root, "demo"),
            nothingMounted(),
            platform.stacks(),
            notChosen,
            required,
            Map.of());
    return new Verifier(told::add)
        .verify(new LocalSite(platform.engine(), order), journeys, Duration.ofSeconds(20));
  }

  private LoadedContent nothingMounted() {
    Project project = new Project(root, "demo", List.of(), ImageSource.LOCAL);
    Assembly assembly = new Assembly(project, project.platform("demo"), List.of(), false);
    return new LoadedContent(assembly, assembly.variables(Map.of()));
  }
}
