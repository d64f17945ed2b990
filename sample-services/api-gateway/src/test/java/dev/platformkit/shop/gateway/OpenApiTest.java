package dev.platformkit.shop.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.platformkit.shop.cartapi.v1.Cart;
import dev.platformkit.shop.category.v1.Category;
import dev.platformkit.shop.order.v1.Order;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.user.v1.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document of the shop's own contracts, and of one that nobody here was built with. */
class OpenApiTest {
  private final List<Binding> shop =
      Stream.of(
              Cart.getDescriptor(),
              Category.getDescriptor(),
              Order.getDescriptor(),
              Product.getDescriptor(),
              User.getDescriptor())
          .flatMap(message -> message.getFile().getServices().stream())
          .flatMap(service -> bindings(service).stream())
          .toList();
  private final JsonObject document = read(shop);

  @Test
  void everyRouteIsInIt() {
    assertThat(shop).hasSizeGreaterThan(25);
    for (Binding binding : shop) {
      assertThat(operation(document, binding.verb(), binding.template()).get("responses"))
          .as(binding.key())
          .isNotNull();
    }
  }

  @Test
  void whatIsReferredToIsThereAndNothingHasANameTwice() {
    Matcher references = Pattern.compile("\"#/([^\"]+)\"").matcher(document.toString());
    while (references.find()) {
      JsonElement found = document;
      for (String part : references.group(1).split("/", -1)) {
        found = found.getAsJsonObject().get(part);
        assertThat(found).as(references.group(1)).isNotNull();
      }
    }
    List<String> ids = new ArrayList<>();
    Matcher operations = Pattern.compile("\"operationId\":\"([^\"]+)").matcher(document.toString());
    while (operations.find()) {
      ids.add(operations.group(1));
    }
    assertThat(ids).hasSize(shop.size()).doesNotHaveDuplicates();
  }

  @Test
  void everyNameInAPathIsAParameterOfAllThatCanBeAskedThere() {
    for (String path : document.getAsJsonObject("paths").keySet()) {
      document
          .getAsJsonObject("paths")
          .getAsJsonObject(path)
          .asMap()
          .values()
          .forEach(
              operation ->
                  assertThat(pathParameters(operation.getAsJsonObject()))
                      .as(path)
                      .containsExactlyElementsOf(Binding.names(path)));
    }
  }

  @Test
  void pathsThatOnlyNameTheirPartsDifferentlyAreOne() {
    assertThat(document.getAsJsonObject("paths").keySet())
        .extracting(path -> path.replaceAll("\\{[^}]+}", "{}"))
        .doesNotHaveDuplicates();
    assertThat(
            document.getAsJsonObject("paths").getAsJsonObject("/v1/products/{product_id}").keySet())
        .containsExactlyInAnyOrder("get", "put", "delete");
  }

  @Test
  void whoHasToBeSignedInIsToldSo() {
    assertThat(operation(document, "GET", "/v1/cart").has("security")).isTrue();
    assertThat(operation(document, "GET", "/v1/products").has("security")).isFalse();
    assertThat(
            document
                .getAsJsonObject("components")
                .getAsJsonObject("securitySchemes")
                .getAsJsonObject("access_token")
                .get("scheme")
                .getAsString())
        .isEqualTo("bearer");
  }

  @Test
  void theStatusOfASuccessIsTheContracts() {
    assertThat(operation(document, "POST", "/v1/users").getAsJsonObject("responses").keySet())
        .containsExactly("201", "default");
    assertThat(operation(document, "GET", "/v1/cart").getAsJsonObject("responses").keySet())
        .containsExactly("200", "401", "default");
  }

  @Test
  void limitsOfTheContractAreInIt() {
    JsonObject register = schema(document, "shop.user.v1.RegisterRequest");
    JsonObject password = register.getAsJsonObject("properties").getAsJsonObject("password");
    JsonObject quantity =
        schema(document, "shop.cartapi.v1.AddItemRequest")
            .getAsJsonObject("properties")
            .getAsJsonObject("quantity");

    assertThat(password.get("minLength").getAsInt()).isEqualTo(8);
    assertThat(password.get("maxLength").getAsInt()).isEqualTo(256);
    assertThat(password.get("format").getAsString()).isEqualTo("password");
    assertThat(quantity.get("minimum").getAsInt()).isEqualTo(1);
    assertThat(quantity.get("maximum").getAsInt()).isEqualTo(99);
    assertThat(register.getAsJsonArray("required").toString()).contains("name", "password");
  }

  @Test
  void whatStandsInThePathIsNotAskedForInTheBody() {
    JsonObject put =
        operation(document, "PUT", "/v1/products/{product.id}")
            .getAsJsonObject("requestBody")
            .getAsJsonObject("content")
            .getAsJsonObject("application/json")
            .getAsJsonObject("schema");

    assertThat(put.getAsJsonObject("properties").keySet()).contains("name").doesNotContain("id");
    assertThat(put.getAsJsonArray("required").toString()).doesNotContain("\"id\"");
  }

  @Test
  void commentsThatComeWithAContractDescribeIt() {
    JsonObject stranger = read(bindings(Stranger.contract()));

    assertThat(
            operation(stranger, "GET", "/v1/echo/{inner.owner}").get("description").getAsString())
        .isEqualTo("Looks at a thing.");
    JsonObject thing = schema(stranger, "stranger.v1.Thing");
    assertThat(thing.get("description").getAsString()).isEqualTo("Any thing.");
    assertThat(
            thing
                .getAsJsonObject("properties")
                .getAsJsonObject("text")
                .get("description")
                .getAsString())
        .isEqualTo("What it says.");
    assertThat(schema(stranger, "stranger.v1.Inner").toString()).contains("stranger.v1.Inner");
  }

  private static List<Binding> bindings(ServiceDescriptor service) {
    return service.getMethods().stream()
        .flatMap(
            method -> {
              try {
                return Binding.of("any", method).stream();
              } catch (IllegalArgumentException e) {
                return Stream.empty();
              }
            })
        .toList();
  }

  private static JsonObject read(List<Binding> bindings) {
    return JsonParser.parseString(OpenApi.of(bindings)).getAsJsonObject();
  }

  private static JsonObject operation(JsonObject document, String verb, String template) {
    String shape = template.replaceAll("\\{[^}]+}", "{}");
    return document.getAsJsonObject("paths").entrySet().stream()
        .filter(path -> path.getKey().replaceAll("\\{[^}]+}", "{}").equals(shape))
        .findFirst()
        .orElseThrow()
        .getValue()
        .getAsJsonObject()
        .getAsJsonObject(verb.toLowerCase(Locale.ROOT));
  }

  private static List<String> pathParameters(JsonObject operation) {
    JsonElement parameters = operation.get("parameters");
    return parameters == null
        ? List.of()
        : parameters.getAsJsonArray().asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(parameter -> parameter.get("in").getAsString().equals("path"))
            .map(parameter -> parameter.get("name").getAsString())
            .toList();
  }

  private static JsonObject schema(JsonObject document, String name) {
    return document.getAsJsonObject("components").getAsJsonObject("schemas").getAsJsonObject(name);
  }
}
