package dev.platformkit.shop.catalogueimport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.platformkit.shop.product.v1.Product;
import io.envoyproxy.pgv.ReflectiveValidatorIndex;
import io.envoyproxy.pgv.ValidationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A catalogue in a file, a product on each line:
 *
 * <pre>
 * {"id": "p-13", "name": "Tea caddy", "price_cents": 1590, "currency": "EUR", "stock": 90}
 * </pre>
 *
 * <p>All of it is read and held against the contract before any of it is sent: only here it is
 * known on which line a mistake stands.
 */
final class Catalogue {
  /** As many as the product service takes in at a time. */
  static final int MOST = 10_000;

  private static final String OWN = "catalogue.jsonl";

  private final String name;
  private final Source source;

  private interface Source {
    InputStream open() throws IOException;
  }

  private Catalogue(String name, Source source) {
    this.name = requireNonNull(name, "name is null");
    this.source = source;
  }

  static Catalogue of(Path file) {
    return new Catalogue(file.toString(), () -> Files.newInputStream(file));
  }

  /** The one that comes with the job. */
  static Catalogue own() {
    return new Catalogue(OWN, () -> Catalogue.class.getResourceAsStream("/" + OWN));
  }

  /** Where it stands. */
  String name() {
    return name;
  }

  /**
   * The products, in the order of the lines.
   *
   * @throws IllegalArgumentException naming file, line and mistake
   * @throws UncheckedIOException when the file cannot be read
   */
  List<Product> products() {
    List<Product> products = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    ReflectiveValidatorIndex contract = new ReflectiveValidatorIndex();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(source.open(), UTF_8.newDecoder()))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        Product product = product(number, line, contract);
        Integer before = lines.putIfAbsent(product.getId(), number);
        if (before != null) {
          throw wrong(number, "product " + product.getId() + " stands on line " + before + " too");
        }
        if (products.size() == MOST) {
          throw wrong(number, "a catalogue has at most " + MOST + " products; split it");
        }
        products.add(product);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the catalogue " + name + ": " + e, e);
    }
    if (products.isEmpty()) {
      throw new IllegalArgumentException(name + " holds no product; is it the right file?");
    }
    return products;
  }

  private Product product(int number, String line, ReflectiveValidatorIndex contract) {
    Product.Builder product = Product.newBuilder();
    try {
      JsonFormat.parser().merge(line, product);
      Product built = product.build();
      contract.validatorFor(built).assertValid(built);
      return built;
    } catch (InvalidProtocolBufferException e) {
      throw wrong(number, "is no product in JSON: " + e.getMessage());
    } catch (ValidationException e) {
      String field = e.getField().substring(e.getField().lastIndexOf('.') + 1);
      throw wrong(number, field + " " + e.getReason());
    }
  }

  private IllegalArgumentException wrong(int line, String what) {
    return new IllegalArgumentException(name + ":" + line + ": " + what);
  }
}
