package dev.platformkit.shop.catalogueimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.product.v1.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  private static final String MUG =
      "{\"id\":\"p-1\",\"name\":\"Mug\",\"price_cents\":\"990\",\"currency\":\"EUR\"}";

  @TempDir private Path folder;

  @Test
  void theCatalogueThatComesAlongKeepsToTheContract() {
    assertThat(Catalogue.own().products()).hasSize(8).extracting(Product::getId).isSorted();
  }

  @Test
  void eachLineIsAProductAndEmptyOnesAreNone() throws IOException {
    assertThat(written("\n" + MUG + "\n\n" + MUG.replace("p-1", "p-2") + "\n").products())
        .extracting(Product::getId)
        .containsExactly("p-1", "p-2");
  }

  @Test
  void aMistakeIsToldWithItsLine() throws IOException {
    assertThatThrownBy(written(MUG + "\n\n{\"id\": 7")::products)
        .hasMessageContaining("c.jsonl:3: is no product in JSON: ");
    assertThatThrownBy(written(MUG.replace("name", "nmae"))::products)
        .hasMessageContaining("c.jsonl:1: is no product in JSON: ")
        .hasMessageContaining("nmae");
    assertThatThrownBy(written(MUG.replace("990", "-1"))::products)
        .hasMessageContaining("c.jsonl:1: price_cents ");
    assertThatThrownBy(written(MUG + "\n" + MUG)::products)
        .hasMessageContaining("c.jsonl:2: product p-1 stands on line 1 too");
  }

  @Test
  void aCatalogueWithoutProductsIsTakenForAMistake() throws IOException {
    assertThatThrownBy(written("\n")::products)
        .hasMessageContaining("c.jsonl holds no product; is it the right file?");
  }

  @Test
  void aCatalogueHasNoMoreProductsThanAreTakenAtATime() throws IOException {
    String many =
        IntStream.rangeClosed(0, Catalogue.MOST)
            .mapToObj(i -> MUG.replace("p-1", "q-" + i))
            .collect(Collectors.joining("\n"));

    assertThatThrownBy(written(many)::products)
        .hasMessageContaining("c.jsonl:10001: a catalogue has at most 10000 products");
  }

  @Test
  void aFileThatIsNotThereOrNoTextIsNamed() throws IOException {
    assertThatThrownBy(Catalogue.of(folder.resolve("none"))::products)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read the catalogue " + folder.resolve("none"));
    Path latin = folder.resolve("latin");
    Files.write(latin, MUG.replace("Mug", "M\u00fcg").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(Catalogue.of(latin)::products)
        .hasMessageContaining("cannot read the catalogue " + latin);
  }

  private Catalogue written(String text) throws IOException {
    return Catalogue.of(Files.writeString(folder.resolve("c.jsonl"), text));
  }
}
