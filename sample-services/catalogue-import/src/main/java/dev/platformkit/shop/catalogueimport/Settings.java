package dev.platformkit.shop.catalogueimport;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the job is told by environment variables, besides those of every service:
 *
 * <pre>
 * CATALOGUE_FILE             a product of the contract on each line, in protobuf's JSON; without it
 *                            the catalogue that the job brings along
 * PUSHGATEWAY_URL            http://pushgateway:9091: who is told how it went
 * IMPORT_PATIENCE_SECONDS    60: how long the product service may take, and may take to come
 * </pre>
 */
record Settings(Catalogue catalogue, URI pushgateway, Duration patience) {
  private static final String PATIENCE = "IMPORT_PATIENCE_SECONDS";
  private static final String PUSHGATEWAY = "PUSHGATEWAY_URL";

  Settings {
    requireNonNull(catalogue, "catalogue is null");
    requireNonNull(pushgateway, "pushgateway is null");
    requireNonNull(patience, "patience is null");
  }

  /**
   * The settings as these variables have them.
   *
   * @throws IllegalArgumentException naming the variable that makes no sense
   */
  static Settings of(Map<String, String> variables) {
    return new Settings(
        said(variables, "CATALOGUE_FILE")
            .map(file -> Catalogue.of(Path.of(file)))
            .orElseGet(Catalogue::own),
        pushgateway(said(variables, PUSHGATEWAY).orElse("http://pushgateway:9091")),
        patience(said(variables, PATIENCE).orElse("60")));
  }

  private static Optional<String> said(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  private static URI pushgateway(String value) {
    String problem = PUSHGATEWAY + "=" + value + " is no address like http://pushgateway:9091";
    try {
      URI uri = URI.create(value);
      if (uri.getHost() != null && uri.getScheme() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(problem, e);
    }
    throw new IllegalArgumentException(problem);
  }

  private static Duration patience(String value) {
    String problem = PATIENCE + "=" + value + " is no number of seconds from 1 to 3600";
    try {
      int seconds = Integer.parseInt(value);
      if (seconds >= 1 && seconds <= 3600) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(problem, e);
    }
    throw new IllegalArgumentException(problem);
  }
}
