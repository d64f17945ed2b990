package dev.platformkit.verify.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.OutOfReachException;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.journey.Journeys;
import dev.platformkit.verify.run.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetSiteTest {
  private final FakeServer fake = new FakeServer();

  @TempDir private Path root;

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void aServerThatAnswersIsAskedForWhatItHoldsAndForNothingElse() {
    fake.on("GET /api/v3/services", "{}");
    TargetSite site = site("jaeger: { url: \"%s\" }");

    assertThat(site.addresses().server("jaeger", 16686).url("/x")).isEqualTo(url() + "/x");
    assertThatThrownBy(() -> site.addresses().server("jaeger", 4318))
        .isInstanceOf(NotPartOfPlatformException.class);
    assertThatThrownBy(() -> site.addresses().server("pushgateway", 9091))
        .isInstanceOf(NotPartOfPlatformException.class)
        .hasMessage("pushgateway is left out: " + file() + " does not name it");
    assertThat(site.addresses().running("jaeger")).isEmpty();
  }

  @Test
  void whoeverDoesNotLetUsInIsNotAskedAgainAndSaysWhatToType() throws Exception {
    Files.writeString(root.resolve("token"), "s3cret-t0ken");
    fake.on("GET /api/v3/services", 401, "no such token s3cret-t0ken");
    TargetSite site = site("jaeger: { url: \"%s\", bearer_token_file: token }");

    assertThatThrownBy(() -> site.addresses().server("jaeger", 16686))
        .isInstanceOf(OutOfReachException.class)
        .hasMessage("jaeger is out of reach: see target/reachable");
    Check check = reachable(site, "jaeger");
    assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(check.observed()).isEqualTo("answers 401 no such token [redacted]");
    assertThat(check.details())
        .containsExactly(
            "what the file sends along is not accepted", "named by " + file() + ":5:3");
    assertThat(check.links())
        .containsExactly(
            "curl -i -H \"Authorization: Bearer $(cat %s)\" '%s/api/v3/services'"
                .formatted(root.resolve("token"), url()));
  }

  @Test
  void aServerThatFailsIsAFactAboutIt() throws Exception {
    fake.on("GET /api/v3/services", 503, "down");

    assertThat(reachable(site("jaeger: { url: \"%s\" }"), "jaeger").verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void aServerThatSendsToALoginPageOrIsAnotherIsNotBelieved() throws Exception {
    fake.on("GET /api/v3/services", 302, "");
    assertThat(reachable(site("jaeger: { url: \"%s\" }"), "jaeger").details().get(0))
        .contains("login pages");
    fake.on("GET /api/v3/services", 404, "");
    assertThat(reachable(site("jaeger: { url: \"%s\" }"), "jaeger").details().get(0))
        .contains("another server");
    fake.on("GET /api/v3/services", "<html>");
    assertThat(reachable(site("jaeger: { url: \"%s\" }"), "jaeger").observed())
        .isEqualTo("answers 200 <html>, which is not JSON");
  }

  @Test
  void nothingListensIsNotKnown() throws Exception {
    fake.close();

    Check check = reachable(site("jaeger: { url: \"%s\" }"), "jaeger");

    assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(check.observed()).isEqualTo("nothing takes the connection");
  }

  @Test
  void aPrometheusWhoseTimeStandsStillIsNotBelieved() throws Exception {
    fake.on("GET /api/v1/query", time(Instant.now().minusSeconds(60)));

    Check check = reachable(site("prometheus: { url: \"%s\" }"), "prometheus");

    assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(check.observed()).matches("its time is (59|60|61)\\.\\d s behind this machine's");
  }

  @Test
  void aStoreWithoutTheNamedIndicesMayYetGetThem() throws Exception {
    fake.on("POST /logs-*/_search", "{\"_shards\":{\"total\":0}}");

    Check check =
        reachable(site("elasticsearch: { url: \"%s\", index: \"logs-*\" }"), "elasticsearch");

    assertThat(check.verdict()).isEqualTo(Verdict.PASS);
    assertThat(check.observed()).isEqualTo("answers, and has no index logs-* yet");
  }

  @Test
  void whatTheFileDoesNotNameIsLeftOutAloudAndFailsWhereItIsRequired() throws Exception {
    fake.on("GET /api/v3/services", "{}");
    String jaeger = "jaeger: { url: \"%s\" }";

    assertThat(leftOut(site(jaeger)))
        .extracting(Check::subject, Check::verdict)
        .containsExactly(
            tuple("prometheus", Verdict.SKIP),
            tuple("elasticsearch", Verdict.SKIP),
            tuple("alertmanager", Verdict.SKIP),
            tuple("consul", Verdict.SKIP));
    assertThat(leftOut(site(jaeger, Set.of("tracing", "metrics", "samples"))))
        .extracting(Check::subject, Check::verdict)
        .containsExactly(
            tuple("prometheus", Verdict.FAIL),
            tuple("elasticsearch", Verdict.SKIP),
            tuple("alertmanager", Verdict.SKIP),
            tuple("consul", Verdict.SKIP),
            tuple("samples", Verdict.FAIL));
    assertThat(leftOut(site(jaeger, Set.of("consul"))))
        .filteredOn(check -> check.verdict() == Verdict.FAIL)
        .extracting(Check::subject)
        .containsExactly("consul");
  }

  @Test
  void whatNeedsTheEngineIsLeftOutAloud() throws Exception {
    fake.on("GET /api/v3/services", "{}");

    assertThat(verify(site("jaeger: { url: \"%s\" }")).checks())
        .filteredOn(check -> check.verdict() == Verdict.SKIP)
        .extracting(Check::id)
        .contains(
            "platform/containers",
            "config/drift",
            "alerts/synthetic",
            "kv/seen",
            "logs/shipped",
            "metrics/targets");
  }

  @Test
  void nothingIsEverWritten() throws Exception {
    fake.on("GET /api/v3/services", "{}")
        .on("GET /api/v1/query", time(Instant.now()))
        .on("GET /api/v1/targets", "{}")
        .on("POST /filebeat-*/_search", "{\"_shards\":{\"total\":1}}")
        .on("GET /api/v2/status", "{}")
        .on("GET /v1/catalog/services", "{}");

    verify(
        site(
            """
            jaeger: { url: "%1$s" }
              prometheus: { url: "%1$s" }
              elasticsearch: { url: "%1$s" }
              alertmanager: { url: "%1$s" }
              consul: { url: "%1$s" }
            """));

    assertThat(fake.calls())
        .filteredOn(call -> !call.startsWith("GET ") && !call.endsWith("/_search"))
        .containsOnly("POST /v1/sessions");
  }

  private static String time(Instant time) {
    String seconds = Double.toString(time.toEpochMilli() / 1000.0);
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[%s,\"%s\"]}}"
        .formatted(seconds, seconds);
  }

  private static Check reachable(TargetSite site, String server) throws InterruptedException {
    return verify(site).checks().stream()
        .filter(check -> check.id().equals("target/reachable") && check.subject().equals(server))
        .findFirst()
        .orElseThrow();
  }

  private static List<Check> leftOut(TargetSite site) throws InterruptedException {
    return verify(site).checks().stream()
        .filter(check -> check.id().equals("platform/left-out"))
        .toList();
  }

  private static Evidence verify(TargetSite site) throws InterruptedException {
    return new Verifier(check -> {})
        .verify(site, List.of(Journeys.shopping()), Duration.ofMillis(500));
  }

  private TargetSite site(String backends) {
    return site(backends, Set.of());
  }

  private TargetSite site(String backends, Set<String> required) {
    Path file = file();
    try {
      Files.writeString(
          file,
          "name: staging\nservices:\n  gateway: { url: \"%s\" }\nbackends:\n  %s\n"
              .formatted(url(), backends.formatted(url())));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new TargetSite(
        new TargetSite.Order(
            TargetReader.read(file, Map.of()),
            root,
            List.of(Journeys.shopping()),
            Map.of(),
            Map.of("jaeger", "tracing", "prometheus", "metrics"),
            required));
  }

  private Path file() {
    return root.resolve("staging.yaml");
  }

  private String url() {
    return "http://127.0.0.1:" + fake.port();
  }
}
