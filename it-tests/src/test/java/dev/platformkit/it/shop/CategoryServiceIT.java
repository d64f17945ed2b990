package dev.platformkit.it.shop;

import static dev.platformkit.it.shop.Who.ADMIN;
import static dev.platformkit.it.shop.Who.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tree in which products are shelved, as the image of category has it. */
class CategoryServiceIT extends StoringServiceContract {
  private static final int DEEPEST = 8;

  private final List<String> branch = new ArrayList<>();

  @Override
  String service() {
    return "category";
  }

  @Override
  Map<String, Access> methods() {
    return Map.of(
        "CreateCategory", Access.ADMINS,
        "GetCategory", Access.ANYONE,
        "ListCategories", Access.ANYONE,
        "GetTree", Access.ANYONE,
        "UpdateCategory", Access.ADMINS,
        "DeleteCategory", Access.ADMINS);
  }

  @BeforeAll
  void oneBranchIsAsLongAsCanBe(Shop shop) {
    String parent = "";
    for (int i = 1; i <= DEEPEST; i++) {
      parent = created(shop, "level " + i, parent);
      branch.add(parent);
    }
  }

  @Override
  Stream<BadInput> badInput(Shop shop) {
    return Table.ofEverybody()
        .with("leaf", branch.get(DEEPEST - 1))
        .with("above", branch.get(DEEPEST - 2))
        .calls("category");
  }

  Stream<BadRequest> badRequests() {
    return Table.ofEverybody().requests("category");
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void isRefusedOverHttpAsWell(BadRequest bad, Shop shop) {
    bad.isRefused(shop);
  }

  @Test
  void keepsATreeThatCanBeChanged(Shop shop) {
    String garden = created(shop, " Garden ", "");
    String tools = created(shop, "Tools", garden);
    String spades = created(shop, "spades", tools);
    String rakes = created(shop, "Rakes", tools);

    JsonNode tree = shop.call("category", NOBODY, "GetTree", "{'category_id':'%s'}", garden);

    assertThat(tree.path("nodes").findValuesAsText("id"))
        .containsExactly(garden, tools, rakes, spades);
    assertThat(tree.path("nodes").findValuesAsText("depth")).containsExactly("0", "1", "2", "2");
    assertThat(row(shop, garden)).containsExactly("Garden below nothing");

    shop.call(
        "category",
        ADMIN,
        "UpdateCategory",
        "{'category_id':'%s','name':'Spades','parent_id':'%s'}",
        spades,
        garden);
    assertThat(row(shop, spades)).containsExactly("Spades below " + garden);
    assertThat(
            shop.call("category", NOBODY, "GetCategory", "{'category_id':'%s'}", spades)
                .path("parent_id")
                .asText())
        .isEqualTo(garden);

    for (String each : List.of(spades, rakes, tools, garden)) {
      shop.call("category", ADMIN, "DeleteCategory", "{'category_id':'%s'}", each);
      assertThat(row(shop, each)).isEmpty();
    }
  }

  @Test
  void listsEverySiblingOnceHoweverManyAreOnAPage(Shop shop) {
    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          shop.call(
              "category", NOBODY, "ListCategories", "{'page_size':2,'page_token':'%s'}", token);
      assertThat(page.path("categories")).hasSizeLessThanOrEqualTo(2);
      listed.addAll(page.path("categories").findValuesAsText("name"));
      token = page.path("next_page_token").asText();
    } while (!token.isEmpty());

    assertThat(listed)
        .containsExactlyElementsOf(
            shop.rows()
                .texts(
                    "category",
                    "SELECT name FROM category WHERE parent_id IS NULL ORDER BY lower(name)"));
  }

  @Test
  void takesUpAPageSizeWhileItRunsAndKeepsTheLastGoodOne(Shop shop) {
    String refusals = "config_refused_total{service=\"category\",key=\"page-size\"}";
    String lastGood = "config_last_good{service=\"category\",key=\"page-size\"}";
    try {
      shop.configure("category", "page-size", "3");
      await().untilAsserted(() -> assertThat(onAPage(shop)).isEqualTo(3));
      double before = shop.metric("category", refusals);

      shop.configure("category", "page-size", "many");

      await()
          .untilAsserted(() -> assertThat(shop.metric("category", refusals)).isEqualTo(before + 1));
      assertThat(shop.metric("category", lastGood)).isEqualTo(1);
      assertThat(onAPage(shop)).isEqualTo(3);
      await()
          .untilAsserted(
              () ->
                  assertThat(shop.logged("category"))
                      .filteredOn(line -> line.path("log.level").asText().equals("WARN"))
                      .extracting(line -> line.path("message").asText())
                      .contains(
                          "configuration: page-size=many is refused, 3 stays in force: not a whole"
                              + " number from 1 to 100"));

      shop.configure("category", "page-size", "2");
      await().untilAsserted(() -> assertThat(onAPage(shop)).isEqualTo(2));
      assertThat(shop.metric("category", lastGood)).isZero();
    } finally {
      shop.configureNoMore("category", "page-size");
    }
    await().untilAsserted(() -> assertThat(onAPage(shop)).isGreaterThan(3));
  }

  @Test
  void handsOutNoTreesWhileThatIsSwitchedOff(Shop shop) {
    shop.call("category", NOBODY, "GetTree", "{}");
    try {
      shop.configure("category", "tree-enabled", "false");
      await()
          .ignoreException(AssertionError.class)
          .untilAsserted(
              () ->
                  assertThat(shop.refusal("category", NOBODY, "GetTree", "{}"))
                      .isEqualTo(Refused.with(Code.FAILED_PRECONDITION, "SWITCHED_OFF")));
      assertThat(shop.http("GET", "/v1/category-tree", NOBODY, "").status()).isEqualTo(409);
    } finally {
      shop.configureNoMore("category", "tree-enabled");
    }
    await()
        .untilAsserted(
            () ->
                assertThat(shop.http("GET", "/v1/category-tree", NOBODY, "").status())
                    .isEqualTo(200));
  }

  private static int onAPage(Shop shop) {
    return shop.call("category", NOBODY, "ListCategories", "{}").path("categories").size();
  }

  private static String created(Shop shop, String name, String parent) {
    return shop.call(
            "category", ADMIN, "CreateCategory", "{'name':'%s','parent_id':'%s'}", name, parent)
        .path("id")
        .asText();
  }

  private static List<String> row(Shop shop, String id) {
    return shop.rows()
        .texts(
            "category",
            "SELECT name || ' below ' || coalesce(parent_id, 'nothing') FROM category WHERE id = ?",
            id);
  }
}
