package dev.platformkit.it.shop;

import static dev.platformkit.it.shop.Who.ADMIN;
import static dev.platformkit.it.shop.Who.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is for sale, as the image of product has it. */
class ProductServiceIT extends StoringServiceContract {
  /** A product that could be taken in. */
  private static final String GOOD =
      "{'id':'new','name':'New','price_cents':100,'currency':'EUR','stock':1}";

  private static final Refused UNKNOWN = Refused.with(Code.NOT_FOUND, "UNKNOWN_PRODUCT");

  @Override
  String service() {
    return "product";
  }

  @Override
  Map<String, Access> methods() {
    return Map.of(
        "ListProducts", Access.ANYONE,
        "GetProduct", Access.ANYONE,
        "BatchGetProducts", Access.ANYONE,
        "CreateProduct", Access.ADMINS,
        "UpdateProduct", Access.ADMINS,
        "DeleteProduct", Access.ADMINS,
        "TakeStock", Access.SERVICES,
        "ImportProducts", Access.SERVICES,
        "ExportProducts", Access.SERVICES);
  }

  @Override
  Stream<BadInput> badInput(Shop shop) {
    return Stream.concat(products(), Table.ofEverybody().calls("product"));
  }

  /** Whatever must not be created must not replace anything either. */
  private static Stream<BadInput> products() {
    return Table.ofEverybody()
        .rows("product.products.txt")
        .flatMap(
            row ->
                Stream.of("CreateProduct", "UpdateProduct")
                    .map(
                        method ->
                            BadInput.of(
                                row.get(0),
                                ADMIN,
                                method,
                                Refused.invalid(row.get(1)),
                                "{'product':" + changed(row.get(2), row.get(3)) + "}")));
  }

  Stream<BadRequest> badRequests() {
    return Table.ofEverybody().requests("product");
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void isRefusedOverHttpAsWell(BadRequest bad, Shop shop) {
    bad.isRefused(shop);
  }

  @Test
  void keepsAProductWithAllThatBelongsToIt(Shop shop) {
    String id = "p-" + UUID.randomUUID();
    String written =
        Json.of(
            "{'id':'%s','name':'Coat','price_cents':'12900','currency':'EUR','stock':7,'description':'Warm.','category_id':'c-04','sizes':[{'name':'M','width_mm':500,'height_mm':900}],'images':[{'url':'https://pictures.example/coat.jpg','description':'A coat','width':800,'height':600}]}",
            id);

    JsonNode created = shop.call("product", ADMIN, "CreateProduct", "{'product':" + written + "}");

    assertThat(created).isEqualTo(Json.read(written));
    assertThat(shop.call("product", NOBODY, "GetProduct", "{'product_id':'%s'}", id))
        .isEqualTo(created);
    assertThat(
            shop.rows()
                .texts(
                    "product",
                    "SELECT name || ' ' || price_cents || ' ' || currency || ' ' || stock FROM product WHERE id = ?",
                    id))
        .containsExactly("Coat 12900 EUR 7");

    JsonNode updated =
        shop.call(
            "product",
            ADMIN,
            "UpdateProduct",
            "{'product':{'id':'%s','name':'Cape','price_cents':9900,'currency':'CHF','stock':99}}",
            id);

    assertThat(updated.path("name").asText()).isEqualTo("Cape");
    assertThat(updated.path("stock").asInt()).as("stock, which is not replaced").isEqualTo(7);
    assertThat(updated.path("sizes")).isEmpty();

    shop.call("product", ADMIN, "DeleteProduct", "{'product_id':'%s'}", id);
    assertThat(shop.refusal("product", NOBODY, "GetProduct", "{'product_id':'%s'}", id))
        .isEqualTo(UNKNOWN);
    assertThat(shop.rows().texts("product", "SELECT id FROM product WHERE id = ?", id)).isEmpty();
  }

  @Test
  void listsEveryProductOnceAndFindsWhatIsLookedFor(Shop shop) {
    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          shop.call("product", NOBODY, "ListProducts", "{'page_size':5,'page_token':'%s'}", token);
      assertThat(page.path("products")).hasSizeLessThanOrEqualTo(5);
      page.path("products").forEach(product -> listed.add(product.path("id").asText()));
      token = page.path("next_page_token").asText();
    } while (!token.isEmpty());

    assertThat(listed)
        .containsExactlyElementsOf(
            shop.rows().texts("product", "SELECT id FROM product ORDER BY id"));
    assertThat(found(shop, "{'query':'CUPS moka'}")).containsExactly("p-05");
    assertThat(found(shop, "{'category_id':'c-09'}")).containsExactly("p-09", "p-10");
    assertThat(found(shop, "{'query':'moka','category_id':'c-09'}")).isEmpty();
    assertThat(
            shop.call(
                    "product", NOBODY, "BatchGetProducts", "{'product_ids':['p-02','p-99','p-01']}")
                .path("products"))
        .extracting(product -> product.path("id").asText())
        .containsExactly("p-01", "p-02");
  }

  @Test
  void takesTheStockOfAnOrderOnceHoweverOftenItIsAsked(Shop shop) {
    String product = shop.newProduct(10);
    String order = "o-" + UUID.randomUUID();
    String request =
        Json.of("{'order_id':'%s','amounts':[{'product_id':'%s','quantity':4}]}", order, product);

    for (int i = 0; i < 3; i++) {
      assertThat(shop.call("product", NOBODY, "TakeStock", request).path("total_cents").asText())
          .isEqualTo("1000");
    }

    assertThat(shop.stock(product)).isEqualTo(6);
    assertThat(
            shop.rows()
                .texts("product", "SELECT total_cents FROM stock_taken WHERE order_id = ?", order))
        .containsExactly("1000");
  }

  @Test
  void takesACatalogueInAndGivesItOutAgain(Shop shop) {
    String one = "i-" + UUID.randomUUID();
    String other = "i-" + UUID.randomUUID();

    JsonNode first = imported(shop, one, 3, other, 4);
    JsonNode again = imported(shop, one, 5, other, 6);

    assertThat(first.path("created").asInt()).isEqualTo(2);
    assertThat(again.path("replaced").asInt()).isEqualTo(2);
    assertThat(shop.stock(one)).isEqualTo(5);
    assertThat(shop.stock(other)).isEqualTo(6);
    assertThat(
            shop.service("product")
                .exchange(shop.headers("product", NOBODY), "ExportProducts", "{}"))
        .extracting(product -> product.path("id").asText())
        .containsExactlyElementsOf(
            shop.rows().texts("product", "SELECT id FROM product ORDER BY id"))
        .contains(one, other);
  }

  private static JsonNode imported(Shop shop, String one, int stock, String other, int otherStock) {
    return shop.service("product")
        .exchange(
            shop.headers("product", NOBODY),
            "ImportProducts",
            product(one, stock),
            product(other, otherStock))
        .get(0);
  }

  private static String product(String id, int stock) {
    return Json.of(
        "{'product':{'id':'%s','name':'Imported','price_cents':1,'currency':'EUR','stock':%s}}",
        id, stock);
  }

  private static List<String> found(Shop shop, String request) {
    List<String> ids = new ArrayList<>();
    shop.call("product", NOBODY, "ListProducts", request)
        .path("products")
        .forEach(product -> ids.add(product.path("id").asText()));
    return ids;
  }

  /** A good product but for one field. */
  private static String changed(String field, String value) {
    ObjectNode product = (ObjectNode) Json.read(Json.of(GOOD));
    return product.set(field, Json.read(Json.of(value))).toString();
  }
}
