package dev.platformkit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Stack;
import dev.platformkit.verify.journey.JourneyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewServiceTest {
  private static final int COLUMNS = 100;

  @TempDir private Path folder;

  private ShopCopy shop;

  @BeforeEach
  void copy() {
    shop = new ShopCopy(folder);
  }

  @Test
  void generatingGreeterAgainChangesNothing() {
    SortedMap<String, String> committed = shop.files();
    SortedMap<String, String> without = shop.withoutGreeter().files();
    assertThat(without.values()).noneMatch(text -> text.contains("greeter:"));

    shop.with("greeter");

    assertThat(shop.files()).isEqualTo(committed);
  }

  @Test
  void theOrderInWhichServicesAreMadeDoesNotMatter(@TempDir Path other) {
    List<String> names = List.of("audit", "shop-stats", "zebra", "b2b");
    names.forEach(shop::with);
    ShopCopy inAnotherOrder = new ShopCopy(other);
    for (int i = names.size() - 1; i >= 0; i--) {
      inAnotherOrder.with(names.get(i));
    }

    assertThat(inAnotherOrder.files()).isEqualTo(shop.files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "shop-stats", "zebra", "a-name-of-two-and-thirty-letters"})
  void whatPeopleWroteStaysAsItWas(String name) {
    for (FileChange change : shop.with(name)) {
      if (change.isNew()) {
        continue;
      }
      List<String> rest = new ArrayList<>(change.text().lines().toList());
      assertThat(change.added().get(0)).contains(name.substring(0, 1));
      rest.subList(change.line() - 1, change.line() - 1 + change.lines()).clear();
      assertThat(rest.stream().filter(line -> !line.isBlank()))
          .as(change.file())
          .containsExactlyElementsOf(
              change.before().orElseThrow().lines().filter(line -> !line.isBlank()).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "shop-stats", "a-name-of-two-and-thirty-letters"})
  void everyPartOfItGoesByItsName(String name) throws IOException {
    List<FileChange> changes = shop.with(name);
    Project project = shop.project();

    assertThat(changes).noneMatch(change -> change.text().contains("{{service."));
    assertThat(Stack.read(project, "samples").services())
        .filteredOn(service -> service.name().equals(name))
        .singleElement()
        .satisfies(service -> assertThat(service.registers()).isTrue());
    assertThat(JourneyReader.readAll(folder, folder.resolve("sample-services/journeys")))
        .anyMatch(journey -> journey.name().equals(name));
    String uid =
        new ObjectMapper()
            .readTree(shop.text("dashboards/services/service-" + name + ".json"))
            .path("uid")
            .asText();
    assertThat(uid).isEqualTo("service-" + name).hasSizeLessThanOrEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "audit", "shop-stats", "a-name-of-two-and-thirty-letters"})
  void codeNeedsNoOtherLineBreaksWhateverTheName(String name) {
    shop.with(name).stream()
        .filter(change -> change.file().endsWith(".java"))
        .forEach(
            change -> {
              List<String> lines = change.text().lines().toList();
              assertThat(lines.stream().filter(line -> line.startsWith("import dev.")))
                  .isSortedAccordingTo((a, b) -> a.replace(";", "").compareTo(b.replace(";", "")));
              assertThat(lines.stream().filter(line -> !line.startsWith("import ")))
                  .allMatch(line -> line.length() <= COLUMNS);
            });
  }

  @Test
  void aNameThatIsInUseIsToldWithWhereAndWithOneThatIsFree() {
    SortedMap<String, String> before = shop.files();

    Problem problem = refusal("cart-api");

    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem).hasMessage("the name cart-api is taken");
    assertThat(problem.details())
        .anyMatch(use -> use.matches("Compose service cart-api {2}stacks/samples/compose.yaml:.*"));
    assertThat(problem.tries()).containsExactly("platform new service cart-api-2");
    assertThat(shop.files()).isEqualTo(before);
  }

  @Test
  void aNameThatCannotBeIsToldWithOneThatIsFreeToo() {
    assertThat(refusal("Greeting"))
        .hasMessageStartingWith("no service can be called \"Greeting\": it has upper-case letters");
    assertThat(refusal("Greeting").tries()).containsExactly("platform new service greeting");
    assertThat(refusal("Cart").tries()).containsExactly("platform new service cart-2");
  }

  @Test
  void filesThatAreThereAreListedAndNothingIsWritten() {
    shop.write("kv/audit.yaml", "keys: {}\n");
    shop.write("alert-rules/services/audit.rules.yaml", "groups: []\n");
    SortedMap<String, String> before = shop.files();

    Problem problem = refusal("audit");

    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem.details())
        .contains("kv/audit.yaml", "alert-rules/services/audit.rules.yaml")
        .hasSize(3);
    assertThat(shop.files()).isEqualTo(before);
  }

  @Test
  void aProjectWithoutAShopIsRefused(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("platform.yaml"), "name: mine\nstacks: []\n");

    assertThatThrownBy(() -> NewService.of(Project.find(elsewhere), "audit"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.details().get(0)).contains("stacks/samples/compose.yaml"));
  }

  @Test
  void aFileThatIsNotRightIsToldWithItsPlaceAndNothingIsWritten() {
    shop.write("sample-services/pom.xml", "<project>\n<modules>\n</project>\n");
    SortedMap<String, String> before = shop.files();

    assertThat(refusal("audit")).hasMessageStartingWith("sample-services/pom.xml:3:");
    assertThat(shop.files()).isEqualTo(before);
  }

  private Problem refusal(String name) {
    return catchThrowableOfType(Problem.class, () -> NewService.of(shop.project(), name));
  }
}
