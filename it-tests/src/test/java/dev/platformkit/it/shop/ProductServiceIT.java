package dev.platformkit.it.shop;

import static dev.platformkit.it.shop.Who.ADMIN;
import static dev.platformkit.it.shop.Who.CUSTOMER;
import static dev.platformkit.it.shop.Who.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is for sale, as the image of product has it. */
class ProductServiceIT extends StoringServiceContract {
  private static final String GOOD =
      "{'id':'new','name':'New','price_cents':100,'currency':'EUR','stock':1}";
  private static final Refused UNKNOWN = Refused.with(Code.NOT_FOUND, "UNKNOWN_PRODUCT");
  private static final Refused WRONG_ROLE = Refused.with(Code.PERMISSION_DENIED, "WRONG_ROLE");
  private static final Refused OUT_OF_STOCK =
      Refused.with(Code.FAILED_PRECONDITION, "OUT_OF_STOCK");

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
    return Stream.of(products(), questions(), orders(), imports()).flatMap(each -> each);
  }

  /** Whatever must not be created must not replace anything either. */
  private static Stream<BadInput> products() {
    String long65 = "'" + "i".repeat(65) + "'";
    return Stream.concat(
        Stream.of(
                wrong("no id", "product.id", "id", "''"),
                wrong("an id with a blank", "product.id", "id", "'a b'"),
                wrong("an id too long", "product.id", "id", long65),
                wrong("an id with a NUL", "product.id", "id", "'p\\u0000'"),
                wrong("no name", "product.name", "name", "''"),
                wrong("a name too long", "product.name", "name", "'" + "n".repeat(201) + "'"),
                wrong("a name with a NUL", "product.name", "name", "'a\\u0000b'"),
                wrong("a price below nothing", "product.price_cents", "price_cents", "-1"),
                wrong("a price too high", "product.price_cents", "price_cents", "100000001"),
                wrong("no currency", "product.currency", "currency", "''"),
                wrong("a currency that is none", "product.currency", "currency", "'euro'"),
                wrong("less than none in stock", "product.stock", "stock", "-1"),
                wrong("too many in stock", "product.stock", "stock", "1000001"),
                wrong(
                    "a description too long",
                    "product.description",
                    "description",
                    "'" + "d".repeat(2001) + "'"),
                wrong(
                    "a description with a NUL", "product.description", "description", "'\\u0000'"),
                wrong("a category's id too long", "product.category_id", "category_id", long65),
                wrong(
                    "too many sizes",
                    "product.sizes",
                    "sizes",
                    IntStream.range(0, 21)
                        .mapToObj(i -> "{'name':'" + i + "'}")
                        .toList()
                        .toString()),
                wrong(
                    "a size without a name",
                    "product.sizes[1].name",
                    "sizes",
                    "[{'name':'S'},{'width_mm':1}]"),
                wrong(
                    "a size's name with a NUL",
                    "product.sizes[0].name",
                    "sizes",
                    "[{'name':'\\u0000'}]"),
                wrong(
                    "a picture that is nowhere",
                    "product.images[0].url",
                    "images",
                    "[{'url':'ftp://x','description':'x','width':1,'height':1}]"),
                wrong(
                    "a picture that nobody describes",
                    "product.images[0].description",
                    "images",
                    "[{'url':'https://x','width':1,'height':1}]"),
                wrong(
                    "a picture without a width",
                    "product.images[0].width",
                    "images",
                    "[{'url':'https://x','description':'x','height':1}]"))
            .flatMap(bad -> Stream.of(bad.as("CreateProduct"), bad.as("UpdateProduct"))),
        Stream.of(
            BadInput.of("no product", ADMIN, "CreateProduct", Refused.invalid("product"), "{}"),
            BadInput.of(
                "an id that is taken",
                ADMIN,
                "CreateProduct",
                Refused.with(Code.ALREADY_EXISTS, "ID_TAKEN"),
                "{'product':" + changed("id", "'p-01'") + "}"),
            BadInput.of(
                "a customer", CUSTOMER, "CreateProduct", WRONG_ROLE, "{'product':" + GOOD + "}"),
            BadInput.of("no product", ADMIN, "UpdateProduct", Refused.invalid("product"), "{}"),
            BadInput.of(
                "an id that there is not",
                ADMIN,
                "UpdateProduct",
                UNKNOWN,
                "{'product':" + GOOD + "}"),
            BadInput.of(
                "a customer",
                CUSTOMER,
                "UpdateProduct",
                WRONG_ROLE,
                "{'product':" + changed("id", "'p-01'") + "}"),
            BadInput.of("no id", ADMIN, "DeleteProduct", Refused.invalid("product_id"), "{}"),
            BadInput.of(
                "an id too long",
                ADMIN,
                "DeleteProduct",
                Refused.invalid("product_id"),
                "{'product_id':" + long65 + "}"),
            BadInput.of(
                "an id with a NUL",
                ADMIN,
                "DeleteProduct",
                Refused.invalid("product_id"),
                "{'product_id':'p\\u0000'}"),
            BadInput.of(
                "an id that there is not",
                ADMIN,
                "DeleteProduct",
                UNKNOWN,
                "{'product_id':'p-99'}"),
            BadInput.of(
                "a customer", CUSTOMER, "DeleteProduct", WRONG_ROLE, "{'product_id':'p-01'}")));
  }

  private static Stream<BadInput> questions() {
    String long65 = "i".repeat(65);
    return Stream.of(
        BadInput.of("no id", NOBODY, "GetProduct", Refused.invalid("product_id"), "{}"),
        BadInput.of(
            "an id too long",
            NOBODY,
            "GetProduct",
            Refused.invalid("product_id"),
            "{'product_id':'" + long65 + "'}"),
        BadInput.of(
            "an id with a NUL",
            NOBODY,
            "GetProduct",
            Refused.invalid("product_id"),
            "{'product_id':'p\\u0000'}"),
        BadInput.of(
            "an id that there is not", NOBODY, "GetProduct", UNKNOWN, "{'product_id':'p-99'}"),
        BadInput.of(
            "less than nothing on a page",
            NOBODY,
            "ListProducts",
            Refused.invalid("page_size"),
            "{'page_size':-1}"),
        BadInput.of(
            "too much on a page",
            NOBODY,
            "ListProducts",
            Refused.invalid("page_size"),
            "{'page_size':101}"),
        BadInput.of(
            "a token too long",
            NOBODY,
            "ListProducts",
            Refused.invalid("page_token"),
            "{'page_token':'" + "t".repeat(257) + "'}"),
        BadInput.of(
            "a token that was never handed out",
            NOBODY,
            "ListProducts",
            Refused.invalid("page_token"),
            "{'page_token':'made up'}"),
        BadInput.of(
            "too many words",
            NOBODY,
            "ListProducts",
            Refused.invalid("query"),
            "{'query':'" + "w".repeat(101) + "'}"),
        BadInput.of(
            "a word with a NUL",
            NOBODY,
            "ListProducts",
            Refused.invalid("query"),
            "{'query':'mo\\u0000ka'}"),
        BadInput.of(
            "a category's id too long",
            NOBODY,
            "ListProducts",
            Refused.invalid("category_id"),
            "{'category_id':'" + long65 + "'}"),
        BadInput.of(
            "too many ids",
            NOBODY,
            "BatchGetProducts",
            Refused.invalid("product_ids"),
            "{'product_ids':" + IntStream.range(0, 101).mapToObj(i -> "'p'").toList() + "}"),
        BadInput.of(
            "an id with a NUL",
            NOBODY,
            "BatchGetProducts",
            Refused.invalid("product_ids[1]"),
            "{'product_ids':['p-01','\\u0000']}"));
  }

  private static Stream<BadInput> orders() {
    return Stream.of(
        BadInput.of(
            "no order",
            NOBODY,
            "TakeStock",
            Refused.invalid("order_id"),
            "{'amounts':[{'product_id':'p-01','quantity':1}]}"),
        BadInput.of(
            "an order's id too long",
            NOBODY,
            "TakeStock",
            Refused.invalid("order_id"),
            "{'order_id':'" + "o".repeat(65) + "','amounts':[{'product_id':'p-01','quantity':1}]}"),
        BadInput.of(
            "an order's id with a NUL",
            NOBODY,
            "TakeStock",
            Refused.invalid("order_id"),
            "{'order_id':'o\\u0000','amounts':[{'product_id':'p-01','quantity':1}]}"),
        BadInput.of(
            "no amounts", NOBODY, "TakeStock", Refused.invalid("amounts"), "{'order_id':'o-1'}"),
        BadInput.of(
            "an amount of nothing",
            NOBODY,
            "TakeStock",
            Refused.invalid("amounts[0].quantity"),
            "{'order_id':'o-1','amounts':[{'product_id':'p-01'}]}"),
        BadInput.of(
            "too much of something",
            NOBODY,
            "TakeStock",
            Refused.invalid("amounts[1].quantity"),
            "{'order_id':'o-1','amounts':[{'product_id':'p-01','quantity':1},{'product_id':'p-02','quantity':100}]}"),
        BadInput.of(
            "an amount without a product",
            NOBODY,
            "TakeStock",
            Refused.invalid("amounts[0].product_id"),
            "{'order_id':'o-1','amounts':[{'quantity':1}]}"),
        BadInput.of(
            "a product that there is not",
            NOBODY,
            "TakeStock",
            OUT_OF_STOCK,
            "{'order_id':'o-1','amounts':[{'product_id':'p-01','quantity':1},{'product_id':'p-99','quantity':1}]}"),
        BadInput.of(
            "more than there is",
            NOBODY,
            "TakeStock",
            OUT_OF_STOCK,
            "{'order_id':'o-1','amounts':[{'product_id':'p-01','quantity':1},{'product_id':'p-07','quantity':36}]}"));
  }

  private static Stream<BadInput> imports() {
    return Stream.of(
        BadInput.of(
            "no product",
            NOBODY,
            "ImportProducts",
            Refused.invalid("product"),
            "{'product':" + GOOD + "}",
            "{}"),
        BadInput.of(
            "one bad product after a good one",
            NOBODY,
            "ImportProducts",
            Refused.invalid("product.name"),
            "{'product':" + GOOD + "}",
            "{'product':" + changed("name", "''") + "}"),
        BadInput.of(
            "a NUL in one of them",
            NOBODY,
            "ImportProducts",
            Refused.invalid("product.description"),
            "{'product':" + changed("description", "'\\u0000'") + "}",
            "{'product':" + GOOD + "}"));
  }

  Stream<BadRequest> badRequests() {
    return Stream.of(
        BadRequest.withBody(
            "a name that is a number",
            ADMIN,
            "POST /v1/products",
            changed("name", "5"),
            400,
            "INVALID",
            "product.name"),
        BadRequest.withBody(
            "a price that is a word",
            ADMIN,
            "POST /v1/products",
            changed("price_cents", "'much'"),
            400,
            "INVALID",
            "product.price_cents"),
        BadRequest.withBody(
            "half a product in stock",
            ADMIN,
            "POST /v1/products",
            changed("stock", "0.5"),
            400,
            "INVALID",
            "product.stock"),
        BadRequest.withBody(
            "more in stock than a number holds",
            ADMIN,
            "POST /v1/products",
            changed("stock", "2147483648"),
            400,
            "INVALID",
            "product.stock"),
        BadRequest.withBody(
            "sizes that are no list",
            ADMIN,
            "POST /v1/products",
            changed("sizes", "'M'"),
            400,
            "INVALID",
            "product.sizes"),
        BadRequest.withBody(
            "a size that is a word",
            ADMIN,
            "POST /v1/products",
            changed("sizes", "['M']"),
            400,
            "INVALID",
            "product.sizes[0]"),
        BadRequest.withBody(
            "a field that there is not",
            ADMIN,
            "POST /v1/products",
            changed("colour", "'red'"),
            400,
            "INVALID",
            "product.colour"),
        BadRequest.withBody("a list", ADMIN, "POST /v1/products", "[]", 400, "INVALID"),
        BadRequest.withBody(
            "an id that is taken",
            ADMIN,
            "POST /v1/products",
            changed("id", "'p-01'"),
            409,
            "ID_TAKEN"),
        BadRequest.withBody("nobody", NOBODY, "POST /v1/products", GOOD, 401, "NOT_SIGNED_IN"),
        BadRequest.withBody("a customer", CUSTOMER, "POST /v1/products", GOOD, 403, "WRONG_ROLE"),
        BadRequest.withBody(
            "another id in the path than in the body",
            ADMIN,
            "PUT /v1/products/p-01",
            changed("id", "'p-02'"),
            400,
            "INVALID",
            "product.id"),
        BadRequest.withBody(
            "an id that there is not", ADMIN, "PUT /v1/products/new", GOOD, 404, "UNKNOWN_PRODUCT"),
        BadRequest.of(
            "a page size that is no number",
            NOBODY,
            "GET /v1/products?page_size=ten",
            400,
            "INVALID",
            "page_size"),
        BadRequest.of(
            "a question that there is not",
            NOBODY,
            "GET /v1/products?colour=red",
            400,
            "INVALID",
            "colour"),
        BadRequest.of(
            "an id that there is not", NOBODY, "GET /v1/products/p-99", 404, "UNKNOWN_PRODUCT"),
        BadRequest.of(
            "an id that there is not", ADMIN, "DELETE /v1/products/p-99", 404, "UNKNOWN_PRODUCT"),
        BadRequest.of("a customer", CUSTOMER, "DELETE /v1/products/p-01", 403, "WRONG_ROLE"));
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

  private static BadInput wrong(String what, String told, String field, String value) {
    return BadInput.of(
        what, ADMIN, "", Refused.invalid(told), "{'product':" + changed(field, value) + "}");
  }
}
