package dev.platformkit.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A platform that is not ours: its servers stand behind gates with TLS, tokens and tenants that let
 * nobody write, there is no engine, and the project holds journeys and rules and nothing else.
 */
@ExtendWith(RunningPlatform.class)
class TargetIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "t0ken-of-the-gate";
  private static final String PASSWORD = "passw0rd-of-the-gate";
  private static final Map<String, Integer> PORTS =
      Map.of(
          "jaeger",
          16686,
          "prometheus",
          9090,
          "elasticsearch",
          9200,
          "alertmanager",
          9093,
          "consul",
          8500,
          "api-gateway",
          8080);

  private final Map<String, Gate> gates = new TreeMap<>();

  @TempDir private Path project;

  @BeforeEach
  void journeysAndRulesAndNothingElse() throws IOException {
    Files.writeString(project.resolve("platform.yaml"), "name: elsewhere\nstacks: []\n");
    copy("sample-services/journeys");
    copy("alert-rules");
    Files.createDirectories(project.resolve("secrets"));
    Files.writeString(project.resolve("secrets/token"), TOKEN + "\n");
    SelfSigned certificate = new SelfSigned(project);
    String basic = "verify:" + PASSWORD;
    open(certificate, "jaeger", sends("Authorization", "Bearer " + TOKEN));
    open(
        certificate,
        "prometheus",
        sends("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8)))
            .and(sends("X-Scope-OrgID", "team-a")));
    open(certificate, "elasticsearch", sends("Authorization", "ApiKey " + TOKEN));
    open(certificate, "alertmanager", headers -> true);
    open(certificate, "consul", sends("X-Consul-Token", TOKEN));
    open(certificate, "api-gateway", headers -> true);
    write();
  }

  @AfterEach
  void close() {
    gates.values().forEach(Gate::close);
  }

  @Test
  void itIsProvenByReadingAlone() throws IOException {
    Cli.Result verify = verify("-o", "json");

    assertThat(verify.exit()).as(verify.toString()).isZero();
    JsonNode evidence = verify.json();
    assertThat(evidence.path("verdict").asText()).isEqualTo("partial");
    assertThat(evidence.at("/platform/name").asText()).isEqualTo("staging");
    assertThat(ids(evidence, "pass"))
        .contains(
            "target/reachable",
            "journey/steps",
            "trace/complete",
            "logs/found",
            "logs/absent",
            "metrics/rise",
            "metrics/targets",
            "metrics/rules",
            "registry/passing");
    assertThat(ids(evidence, "skip"))
        .contains(
            "logs/exact",
            "platform/containers",
            "alerts/synthetic",
            "kv/seen",
            "dashboards/panels",
            "logs/shipped",
            "config/drift");
    assertThat(ids(evidence, "fail")).isEmpty();
    assertThat(ids(evidence, "inconclusive")).isEmpty();
    gates.forEach((name, gate) -> assertThat(gate.refused()).as("written to " + name).isEmpty());
    assertNoSecretIn(verify.out() + verify.err() + kept());
  }

  @Test
  void peopleAndCiReadItToo() {
    Cli.Result text = verify("--journey", "sign-in");
    Cli.Result junit = verify("--journey", "sign-in", "-o", "junit");

    assertThat(text.out())
        .contains("staging · 1 journey")
        .contains("sign-in")
        .contains("logs/exact of sign-in left out: ")
        .contains("PARTIAL in ");
    assertThat(junit.out()).startsWith("<?xml").contains("target/reachable jaeger");
    assertThat(text.exit()).as(text.toString()).isZero();
    assertThat(junit.exit()).as(junit.toString()).isZero();
  }

  @Test
  void whatIsRequiredAndNotNamedIsNotGreen() throws IOException {
    Files.writeString(file(), Files.readString(file()).replaceAll("(?m)^  consul: .*\\R", ""));

    Cli.Result verify = verify("--journey", "sign-in", "--require", "consul");

    assertThat(verify.exit()).as(verify.toString()).isEqualTo(1);
    assertThat(verify.out()).contains("consul left out: staging.yaml does not name it");
  }

  @Test
  void aWrongTokenIsNotGreenAndSaysWhoRefusedItAndWhatToType() throws IOException {
    Files.writeString(project.resolve("secrets/token"), "an0ther-token\n");

    Cli.Result verify = verify("--journey", "sign-in");

    assertThat(verify.exit()).as(verify.toString()).isEqualTo(3);
    assertThat(verify.out())
        .contains("target/reachable · jaeger")
        .contains("answers 401 who are you?")
        .contains("curl -i --cacert ca.pem -H \"Authorization: Bearer $(cat secrets/token)\"")
        .contains(gates.get("jaeger").url() + "/api/v3/services")
        .doesNotContain("an0ther-token");
    assertThat(verify.err()).doesNotContain("Exception");
  }

  @Test
  void aCertificateThatNobodyTrustsIsNotGreen() throws IOException {
    Files.writeString(file(), Files.readString(file()).replace("ca: ca.pem, ", ""));

    Cli.Result verify = verify("--journey", "sign-in");

    assertThat(verify.exit()).as(verify.toString()).isEqualTo(3);
    assertThat(verify.out())
        .contains("its certificate is not trusted")
        .contains("name the certificate that issued it with ca: FILE");
    assertThat(verify.out() + verify.err()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void aServerThatIsGoneIsNotGreen() {
    gates.get("elasticsearch").close();

    Cli.Result verify = verify("--journey", "sign-in");

    assertThat(verify.exit()).as(verify.toString()).isEqualTo(3);
    assertThat(verify.out())
        .contains("nothing takes the connection")
        .contains(gates.get("elasticsearch").url());
  }

  @Test
  void aStoreThatDoesNotFindTracesIsRed() {
    gates
        .get("jaeger")
        .tamper(
            (call, answer) ->
                call.contains("/traces/") ? new Gate.Answer(404, "{\"error\":{}}") : answer);

    assertFails("trace/complete");
  }

  @Test
  void aLineThatIsHiddenIsRed() {
    List<String> hidden = new ArrayList<>();
    gates.get("elasticsearch").tamper((call, answer) -> withoutALineOfUser(answer, hidden));

    assertFails("logs/found");
  }

  @Test
  void aLineThatIsStoredTwiceIsRed() {
    gates.get("elasticsearch").tamper((call, answer) -> withALineTwice(answer));

    assertFails("logs/found");
  }

  @Test
  void aSeriesThatIsGoneIsRed() {
    gates
        .get("prometheus")
        .tamper(
            (call, answer) ->
                call.contains("grpc_server_handled_total")
                    ? new Gate.Answer(200, "{\"status\":\"success\",\"data\":{\"result\":[]}}")
                    : answer);

    assertFails("metrics/rise");
  }

  @Test
  void anInstanceThatDoesNotPassIsRed() {
    gates
        .get("consul")
        .tamper(
            (call, answer) ->
                new Gate.Answer(
                    answer.status(), answer.body().replace("\"passing\"", "\"critical\"")));

    assertFails("registry/passing");
  }

  @Test
  void aPrometheusWhoseTimeStandsStillIsNotGreen() {
    String then = Double.toString(Instant.now().minusSeconds(30).toEpochMilli() / 1000.0);
    gates
        .get("prometheus")
        .tamper(
            (call, answer) ->
                call.contains("time()") || call.contains("time%28%29")
                    ? new Gate.Answer(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[%s,\"%s\"]}}"
                            .formatted(then, then))
                    : answer);

    Cli.Result verify = verify("--journey", "sign-in");

    assertThat(verify.exit()).as(verify.toString()).isEqualTo(3);
    assertThat(verify.out()).contains("behind this machine's");
  }

  private void assertFails(String check) {
    Cli.Result verify = verify("--journey", "sign-in", "--timeout", "20", "-o", "json");

    assertThat(verify.exit()).as(verify.toString()).isEqualTo(1);
    assertThat(ids(verify.json(), "fail")).as(verify.toString()).containsOnly(check);
  }

  private static Gate.Answer withoutALineOfUser(Gate.Answer answer, List<String> hidden)
      throws IOException {
    JsonNode root = JSON.readTree(answer.body());
    if (!(root.at("/hits/hits") instanceof ArrayNode hits) || hits.isEmpty()) {
      return answer;
    }
    if (hidden.isEmpty()) {
      for (JsonNode hit : hits) {
        if (hit.at("/_source/service/name").asText().equals("user")) {
          hidden.add(hit.path("_id").asText());
          break;
        }
      }
    }
    for (Iterator<JsonNode> each = hits.iterator(); each.hasNext(); ) {
      if (hidden.contains(each.next().path("_id").asText())) {
        each.remove();
      }
    }
    return new Gate.Answer(answer.status(), root.toString());
  }

  private static Gate.Answer withALineTwice(Gate.Answer answer) throws IOException {
    JsonNode root = JSON.readTree(answer.body());
    if (root.at("/hits/hits") instanceof ArrayNode hits && !hits.isEmpty()) {
      hits.add(hits.get(0));
    }
    return new Gate.Answer(answer.status(), root.toString());
  }

  /** There is no engine where this looks for one. */
  private Cli.Result verify(String... args) {
    List<String> all = new ArrayList<>(List.of("verify", "--target", "staging.yaml"));
    all.addAll(List.of(args));
    return Cli.in(project)
        .with("DOCKER_HOST", "unix:///nowhere")
        .with("GATE_PASSWORD", PASSWORD)
        .run(all.toArray(String[]::new));
  }

  private void open(SelfSigned certificate, String service, Predicate<Headers> guard) {
    gates.put(
        service,
        new Gate(
            certificate.context(),
            FaultPlatform.address(RunningPlatform.NAME, service, PORTS.get(service)),
            guard,
            !service.equals("api-gateway")));
  }

  private void write() throws IOException {
    Files.writeString(
        file(),
        """
        name: staging
        services:
          api-gateway: { ca: ca.pem, url: "%s" }
        backends:
          jaeger: { ca: ca.pem, url: "%s", bearer_token_file: secrets/token }
          prometheus: { ca: ca.pem, url: "%s", basic_auth: { username: verify, password_env: GATE_PASSWORD }, headers: { X-Scope-OrgID: team-a } }
          elasticsearch: { ca: ca.pem, url: "%s", api_key_file: secrets/token }
          alertmanager: { ca: ca.pem, url: "%s" }
          consul: { ca: ca.pem, url: "%s", token_file: secrets/token }
        """
            .formatted(
                url("api-gateway"),
                url("jaeger"),
                url("prometheus"),
                url("elasticsearch"),
                url("alertmanager"),
                url("consul")));
  }

  private String url(String service) {
    return gates.get(service).url();
  }

  private Path file() {
    return project.resolve("staging.yaml");
  }

  private static Predicate<Headers> sends(String header, String value) {
    return headers -> value.equals(headers.getFirst(header));
  }

  private static List<String> ids(JsonNode evidence, String verdict) {
    List<String> ids = new ArrayList<>();
    for (JsonNode check : evidence.path("checks")) {
      if (check.path("verdict").asText().equals(verdict)) {
        ids.add(check.path("id").asText());
      }
    }
    return ids;
  }

  private String kept() throws IOException {
    try (Stream<Path> files = Files.list(project.resolve(".platform/staging/verify"))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }

  private static void assertNoSecretIn(String text) {
    assertThat(text)
        .doesNotContain(TOKEN)
        .doesNotContain(PASSWORD)
        .doesNotContain(Base64.getEncoder().encodeToString(("verify:" + PASSWORD).getBytes(UTF_8)));
  }

  private void copy(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(Cli.ROOT.resolve(folder))) {
      for (Path file : files.toList()) {
        Path to = project.resolve(Cli.ROOT.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }
}
