package dev.platformkit.it.shop;

import static dev.platformkit.it.shop.Who.ADMIN;
import static dev.platformkit.it.shop.Who.CUSTOMER;
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
  private static final Refused UNKNOWN = Refused.with(Code.NOT_FOUND, "UNKNOWN_CATEGORY");
  private static final Refused TAKEN = Refused.with(Code.ALREADY_EXISTS, "NAME_TAKEN");
  private static final Refused TOO_DEEP = Refused.with(Code.FAILED_PRECONDITION, "TOO_DEEP");
  private static final Refused LOOP = Refused.with(Code.FAILED_PRECONDITION, "WOULD_BE_A_LOOP");
  private static final Refused WRONG_ROLE = Refused.with(Code.PERMISSION_DENIED, "WRONG_ROLE");

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
    String long65 = "c".repeat(65);
    String long81 = "n".repeat(81);
    String leaf = branch.get(DEEPEST - 1);
    return Stream.of(
        BadInput.of("no name", ADMIN, "CreateCategory", Refused.invalid("name"), "{}"),
        BadInput.of(
            "a name too long",
            ADMIN,
            "CreateCategory",
            Refused.invalid("name"),
            "{'name':'" + long81 + "'}"),
        BadInput.of(
            "a name of blanks", ADMIN, "CreateCategory", Refused.invalid("name"), "{'name':'  '}"),
        BadInput.of(
            "a name with a NUL",
            ADMIN,
            "CreateCategory",
            Refused.invalid("name"),
            "{'name':'a\\u0000b'}"),
        BadInput.of(
            "a name of two lines",
            ADMIN,
            "CreateCategory",
            Refused.invalid("name"),
            "{'name':'a\\nb'}"),
        BadInput.of(
            "a name that is taken at the top",
            ADMIN,
            "CreateCategory",
            TAKEN,
            "{'name':'Kitchen'}"),
        BadInput.of(
            "a name that is taken, with blanks and in capitals",
            ADMIN,
            "CreateCategory",
            TAKEN,
            "{'name':' COFFEE ','parent_id':'c-01'}"),
        BadInput.of(
            "a parent that there is not",
            ADMIN,
            "CreateCategory",
            UNKNOWN,
            "{'name':'new','parent_id':'c-99'}"),
        BadInput.of(
            "a parent's id too long",
            ADMIN,
            "CreateCategory",
            Refused.invalid("parent_id"),
            "{'name':'new','parent_id':'" + long65 + "'}"),
        BadInput.of(
            "a parent's id with a NUL",
            ADMIN,
            "CreateCategory",
            Refused.invalid("parent_id"),
            "{'name':'new','parent_id':'c\\u0000'}"),
        BadInput.of(
            "a level too deep",
            ADMIN,
            "CreateCategory",
            TOO_DEEP,
            "{'name':'new','parent_id':'" + leaf + "'}"),
        BadInput.of("a customer", CUSTOMER, "CreateCategory", WRONG_ROLE, "{'name':'new'}"),
        BadInput.of("no id", NOBODY, "GetCategory", Refused.invalid("category_id"), "{}"),
        BadInput.of(
            "an id too long",
            NOBODY,
            "GetCategory",
            Refused.invalid("category_id"),
            "{'category_id':'" + long65 + "'}"),
        BadInput.of(
            "an id with a NUL",
            NOBODY,
            "GetCategory",
            Refused.invalid("category_id"),
            "{'category_id':'c\\u0000'}"),
        BadInput.of(
            "an id that there is not", NOBODY, "GetCategory", UNKNOWN, "{'category_id':'c-99'}"),
        BadInput.of(
            "less than nothing on a page",
            NOBODY,
            "ListCategories",
            Refused.invalid("page_size"),
            "{'page_size':-1}"),
        BadInput.of(
            "too much on a page",
            NOBODY,
            "ListCategories",
            Refused.invalid("page_size"),
            "{'page_size':101}"),
        BadInput.of(
            "a token too long",
            NOBODY,
            "ListCategories",
            Refused.invalid("page_token"),
            "{'page_token':'" + "t".repeat(257) + "'}"),
        BadInput.of(
            "a token that was never handed out",
            NOBODY,
            "ListCategories",
            Refused.invalid("page_token"),
            "{'page_token':'made up'}"),
        BadInput.of(
            "a parent that there is not",
            NOBODY,
            "ListCategories",
            UNKNOWN,
            "{'parent_id':'c-99'}"),
        BadInput.of(
            "a parent's id too long",
            NOBODY,
            "ListCategories",
            Refused.invalid("parent_id"),
            "{'parent_id':'" + long65 + "'}"),
        BadInput.of(
            "a parent's id with a NUL",
            NOBODY,
            "ListCategories",
            Refused.invalid("parent_id"),
            "{'parent_id':'c\\u0000'}"),
        BadInput.of(
            "an id that there is not", NOBODY, "GetTree", UNKNOWN, "{'category_id':'c-99'}"),
        BadInput.of(
            "an id too long",
            NOBODY,
            "GetTree",
            Refused.invalid("category_id"),
            "{'category_id':'" + long65 + "'}"),
        BadInput.of(
            "an id with a NUL",
            NOBODY,
            "GetTree",
            Refused.invalid("category_id"),
            "{'category_id':'c\\u0000'}"),
        BadInput.of(
            "no id", ADMIN, "UpdateCategory", Refused.invalid("category_id"), "{'name':'new'}"),
        BadInput.of(
            "an id that there is not",
            ADMIN,
            "UpdateCategory",
            UNKNOWN,
            "{'category_id':'c-99','name':'new'}"),
        BadInput.of(
            "an id with a NUL",
            ADMIN,
            "UpdateCategory",
            Refused.invalid("category_id"),
            "{'category_id':'c\\u0000','name':'new'}"),
        BadInput.of(
            "an empty name",
            ADMIN,
            "UpdateCategory",
            Refused.invalid("name"),
            "{'category_id':'c-05','name':''}"),
        BadInput.of(
            "a name too long",
            ADMIN,
            "UpdateCategory",
            Refused.invalid("name"),
            "{'category_id':'c-05','name':'" + long81 + "'}"),
        BadInput.of(
            "a name of blanks",
            ADMIN,
            "UpdateCategory",
            Refused.invalid("name"),
            "{'category_id':'c-05','name':'   '}"),
        BadInput.of(
            "a name with a NUL",
            ADMIN,
            "UpdateCategory",
            Refused.invalid("name"),
            "{'category_id':'c-05','name':'a\\u0000'}"),
        BadInput.of(
            "a name that a sibling has",
            ADMIN,
            "UpdateCategory",
            TAKEN,
            "{'category_id':'c-05','name':'cookware'}"),
        BadInput.of(
            "a parent that there is not",
            ADMIN,
            "UpdateCategory",
            UNKNOWN,
            "{'category_id':'c-05','parent_id':'c-99'}"),
        BadInput.of(
            "a parent's id with a NUL",
            ADMIN,
            "UpdateCategory",
            Refused.invalid("parent_id"),
            "{'category_id':'c-05','parent_id':'c\\u0000'}"),
        BadInput.of(
            "itself as its parent",
            ADMIN,
            "UpdateCategory",
            LOOP,
            "{'category_id':'c-05','parent_id':'c-05'}"),
        BadInput.of(
            "a parent below it",
            ADMIN,
            "UpdateCategory",
            LOOP,
            "{'category_id':'c-01','parent_id':'c-10'}"),
        BadInput.of(
            "a branch too long for where it goes",
            ADMIN,
            "UpdateCategory",
            TOO_DEEP,
            "{'category_id':'c-05','parent_id':'" + branch.get(DEEPEST - 2) + "'}"),
        BadInput.of(
            "a customer",
            CUSTOMER,
            "UpdateCategory",
            WRONG_ROLE,
            "{'category_id':'c-05','name':'new'}"),
        BadInput.of("no id", ADMIN, "DeleteCategory", Refused.invalid("category_id"), "{}"),
        BadInput.of(
            "an id that there is not", ADMIN, "DeleteCategory", UNKNOWN, "{'category_id':'c-99'}"),
        BadInput.of(
            "an id with a NUL",
            ADMIN,
            "DeleteCategory",
            Refused.invalid("category_id"),
            "{'category_id':'c\\u0000'}"),
        BadInput.of(
            "what is not empty",
            ADMIN,
            "DeleteCategory",
            Refused.with(Code.FAILED_PRECONDITION, "NOT_EMPTY"),
            "{'category_id':'c-01'}"),
        BadInput.of(
            "a customer", CUSTOMER, "DeleteCategory", WRONG_ROLE, "{'category_id':'c-10'}"));
  }

  Stream<BadRequest> badRequests() {
    return Stream.of(
        BadRequest.withBody(
            "a name that is a number",
            ADMIN,
            "POST /v1/categories",
            "{'name':5}",
            400,
            "INVALID",
            "name"),
        BadRequest.withBody(
            "a name that is a list",
            ADMIN,
            "POST /v1/categories",
            "{'name':['new']}",
            400,
            "INVALID",
            "name"),
        BadRequest.withBody(
            "a field that there is not",
            ADMIN,
            "POST /v1/categories",
            "{'name':'new','parent':'c-01'}",
            400,
            "INVALID",
            "parent"),
        BadRequest.withBody(
            "a parent's id with a NUL",
            ADMIN,
            "POST /v1/categories",
            "{'name':'new','parent_id':'c\\u0000'}",
            400,
            "INVALID",
            "parent_id"),
        BadRequest.withBody(
            "a name that is taken",
            ADMIN,
            "POST /v1/categories",
            "{'name':'kitchen'}",
            409,
            "NAME_TAKEN"),
        BadRequest.withBody(
            "nobody", NOBODY, "POST /v1/categories", "{'name':'new'}", 401, "NOT_SIGNED_IN"),
        BadRequest.withBody(
            "a customer", CUSTOMER, "POST /v1/categories", "{'name':'new'}", 403, "WRONG_ROLE"),
        BadRequest.of(
            "an id that there is not", NOBODY, "GET /v1/categories/c-99", 404, "UNKNOWN_CATEGORY"),
        BadRequest.of(
            "a page size that is no number",
            NOBODY,
            "GET /v1/categories?page_size=many",
            400,
            "INVALID",
            "page_size"),
        BadRequest.of(
            "a parent's id with a NUL",
            NOBODY,
            "GET /v1/categories?parent_id=c%00",
            400,
            "INVALID",
            "parent_id"),
        BadRequest.withBody(
            "a parent that is true",
            ADMIN,
            "PATCH /v1/categories/c-05",
            "{'parent_id':true}",
            400,
            "INVALID",
            "parent_id"),
        BadRequest.of("what is not empty", ADMIN, "DELETE /v1/categories/c-01", 409, "NOT_EMPTY"));
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
