package dev.platformkit.scaffold;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What a service is called, and so its module, its Compose service, its entry in the registry and
 * its host: {@code shop-stats}. Where dashes cannot stand, the name goes without ({@code
 * shop.shopstats.v1}), and where classes are named, in capitals ({@code ShopStats}).
 *
 * @param text lower-case letters, digits and single dashes, beginning with a letter
 */
public record ServiceName(String text) {
  /**
   * The uid of its dashboard, {@code service-<name>}, may have 40 characters in Grafana; a host
   * name, 63.
   */
  static final int LONGEST = 32;

  private static final Pattern WORD_BEGINS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /**
   * @throws IllegalArgumentException saying why the text is no such name, as {@link #wrong} does
   */
  public ServiceName {
    requireNonNull(text, "text is null");
    Optional<String> why = wrong(text);
    if (why.isPresent()) {
      throw new IllegalArgumentException("\"" + text + "\" " + why.get());
    }
  }

  /** Why a text cannot be a service's name, as the rest of a sentence; empty where it can. */
  static Optional<String> wrong(String text) {
    if (text.isEmpty()) {
      return Optional.of("is empty");
    }
    if (!text.equals(text.toLowerCase(Locale.ROOT))) {
      return Optional.of("has upper-case letters, which no host name distinguishes");
    }
    if (text.indexOf('_') >= 0) {
      return Optional.of("has an underscore, which may not stand in a host name");
    }
    if (!text.matches("[a-z0-9-]+")) {
      return Optional.of("has other characters than lower-case letters, digits and dashes");
    }
    if (!Character.isLetter(text.charAt(0))) {
      return Optional.of("does not begin with a letter, as its Java package has to");
    }
    if (text.contains("--")) {
      return Optional.of("has two dashes in a row, which host names keep for other alphabets");
    }
    if (text.endsWith("-")) {
      return Optional.of("ends with a dash, as no host name may");
    }
    if (text.length() > LONGEST) {
      return Optional.of(
          "has %d characters, and %d at most fit into the uid of its dashboard, service-<name>"
              .formatted(text.length(), LONGEST));
    }
    String packageName = text.replace("-", "");
    if (SourceVersion.isKeyword(packageName)) {
      return Optional.of("makes the Java package " + packageName + ", a word that Java reserves");
    }
    return Optional.empty();
  }

  /** The name that a text was probably meant to be; empty where nothing of it is left. */
  static Optional<ServiceName> meantBy(String text) {
    String plain =
        WORD_BEGINS
            .matcher(text)
            .replaceAll("-")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "")
            .replaceAll("^(?=[0-9])", "shop-");
    String fitting = plain.substring(0, Math.min(plain.length(), LONGEST)).replaceAll("-$", "");
    if (wrong(fitting).isEmpty()) {
      return Optional.of(new ServiceName(fitting));
    }
    String longer = fitting + "-service";
    return fitting.isEmpty() || wrong(longer).isPresent()
        ? Optional.empty()
        : Optional.of(new ServiceName(longer));
  }

  /** The name in packages, of Java and of contracts: {@code shopstats}. */
  String packageName() {
    return text.replace("-", "");
  }

  /** The name in names of classes, contracts and alerts: {@code ShopStats}. */
  String className() {
    return Arrays.stream(text.split("-", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** The variable that says which image it runs: {@code SHOP_STATS_IMAGE}. */
  String imageVariable() {
    return text.replace('-', '_').toUpperCase(Locale.ROOT) + "_IMAGE";
  }

  /** The name of its contract's file, without its end: {@code shop_stats}. */
  String contractName() {
    return text.replace('-', '_');
  }

  @Override
  public String toString() {
    return text;
  }
}
