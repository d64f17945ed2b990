package dev.platformkit.verify.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JourneyReaderTest {
  private static final String GOOD =
      """
      name: sign-in
      target: gateway
      steps:
        - name: log-in
          post: /v1/sessions
          json: { name: "{{unique}}" }
          expect: { status: 201 }
          capture: { token: $.token }
        - name: view
          get: /v1/cart
          bearer: "{{token}}"
          expect: { status: 200 }
      proof:
        trace: { step: view, calls: [gateway>cart], errors: 0 }
        logs: { each: [gateway], lines: exact }
        metrics:
          - { query: 'calls_total{service="cart"}', rises: 1 }
        absent:
          - { logs: "{{token}}" }
      """;

  @Test
  void aJourneyIsRead() {
    Journey journey = JourneyReader.parse(GOOD, "j.yaml");

    assertThat(journey.name()).isEqualTo("sign-in");
    assertThat(journey.steps()).extracting(Step::method).containsExactly("POST", "GET");
    assertThat(journey.steps().get(1).headers())
        .containsEntry("Authorization", new Template("Bearer {{token}}"));
    assertThat(journey.proof().traces().get(0).calls())
        .containsExactly(new Proof.Call("gateway", "cart"));
    assertThat(journey.proof().metrics().get(0).job()).contains("cart");
    assertThat(journey.proof().absent()).containsExactly(new Template("{{token}}"));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "post: /v1/sessions      | poost: /v1/sessions       | j.yaml:5:5  unknown key \"poost\"",
        "post: /v1/sessions      | post: v1/sessions         | j.yaml:5:11  expected a path that",
        "get: /v1/cart           | json: {}                  | j.yaml:9:5  a step has one of get,",
        "name: view              | name: log-in              | j.yaml:9:5  a second step is named",
        "status: 200             | status: fine              | j.yaml:12:23  expected a whole num",
        "capture: { token: $.t   | capture: { token: t       | j.yaml:8:23  expected a path such",
        "bearer: \"{{token}}\"   | bearer: \"{{tokn}}\"      | j.yaml:11:13  no step before this",
        "\"{{unique}}\"          | \"{{token}}\"             | j.yaml:6:19  no step before this one",
        "trace: { step: view     | trace: { step: viev       | j.yaml:14:18  no step is named \"vie",
        "[gateway>cart]          | [gateway-cart]            | j.yaml:14:32  expected a call such",
        "[gateway>cart]          | []                        | j.yaml:14:10  a trace without calls",
        "lines: exact            | lines: some               | j.yaml:15:35  expected exact",
        "each: [gateway]         | each: []                  | j.yaml:15:17  logs of no service",
        "'calls_total{service=\"cart\"}' | 'rate(calls_total[1m])' | j.yaml:17:16  expected a series",
        "'calls_total{service=\"cart\"}' | calls_total     | j.yaml:17:16  the selector must name its",
        "rises: 1                | rises: 0                  | j.yaml:17:54  expected a number from 1",
        "bearer:                 | times: 99 #               | j.yaml:11:12  expected a number from 1",
        "bearer:                 | at_once: 2 #              | j.yaml:11:14  expected a number from 1",
        "bearer:                 | at_once: true #           | j.yaml:11:14  expected a whole number",
        "bearer:                 | await: maybe #            | j.yaml:11:12  expected true or false",
        "status: 200             | status: [200, 429]        | j.yaml:12:23  expected as many status",
        "target: gateway         | x-note: none              | j.yaml:1:1  the key \"target\" is mi",
      })
  void whatIsNotRightIsToldWithItsPlace(String good, String bad, String told) {
    assertThat(GOOD).contains(good);

    assertThatThrownBy(() -> JourneyReader.parse(GOOD.replace(good, bad), "j.yaml"))
        .isInstanceOfSatisfying(
            Problem.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith(told);
  }

  @Test
  void onlyWhatIsAskedForCanBeAwaited() {
    assertThatThrownBy(
            () ->
                JourneyReader.parse(
                    GOOD.replace("post: /v1/sessions\n", "post: /v1/sessions\n    await: true\n"),
                    "j.yaml"))
        .hasMessageContaining("only a get that is sent once can be awaited");
  }

  @Test
  void ofAStepSentManyTimesNothingIsCaptured() {
    assertThatThrownBy(
            () ->
                JourneyReader.parse(
                    GOOD.replace("post: /v1/sessions\n", "post: /v1/sessions\n    times: 2\n"),
                    "j.yaml"))
        .hasMessageContaining("of a step sent many times nothing is captured");
  }

  @Test
  void settingsAreKeysOfServices() {
    String settings = "target: gateway\nsettings: { category/page-size: \"21\" }\n";

    assertThat(
            JourneyReader.parse(GOOD.replace("target: gateway\n", settings), "j.yaml").settings())
        .containsExactly(entry("config/category/page-size", "21"));
    assertThatThrownBy(
            () ->
                JourneyReader.parse(
                    GOOD.replace("target: gateway\n", settings.replace("category/", "")), "j.yaml"))
        .hasMessageStartingWith("j.yaml:3:13  expected a service's key such as category/page-size");
  }

  @Test
  void theNearestIsNamed() {
    assertThatThrownBy(() -> JourneyReader.parse(GOOD.replace("{{token}}", "{{tokn}}"), "j.yaml"))
        .isInstanceOfSatisfying(
            Problem.class, e -> assertThat(e.details()).containsExactly("did you mean \"token\"?"));
  }

  @Test
  void theJourneysOfThisRepositoryAreGood() {
    Path root = Path.of("..").toAbsolutePath().normalize();

    List<Journey> journeys = JourneyReader.readAll(root, root.resolve("sample-services/journeys"));

    assertThat(journeys).extracting(Journey::name).contains("shopping", "sign-in");
    assertThat(journeys).allSatisfy(j -> assertThat(j.file()).endsWith(j.name() + ".yaml"));
  }
}
