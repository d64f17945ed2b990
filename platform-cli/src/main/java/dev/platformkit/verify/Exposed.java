package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Exposition;
import dev.platformkit.backend.HttpServer;
import okhttp3.HttpUrl;

/** What scrape targets show of themselves, asked from outside and not through Prometheus. */
public final class Exposed {
  private static final String PROMETHEUS = "prometheus";

  private final Addresses addresses;

  public Exposed(Addresses addresses) {
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  /**
   * What a target shows now.
   *
   * @param url as Prometheus scrapes it, for example {@code http://cart:9464/metrics}
   * @throws NotRunningException if its port is not published
   * @throws NotPartOfPlatformException if its host is no service of the platform
   */
  public Exposition at(String url) {
    HttpUrl address = HttpUrl.get(url);
    HttpServer server = addresses.server(host(url), address.port());
    String query = address.encodedQuery() == null ? "" : "?" + address.encodedQuery();
    return Exposition.of(server, address.encodedPath() + query);
  }

  /** The service that a target's URL names; what Prometheus calls local is itself. */
  public static String host(String url) {
    String host = HttpUrl.get(url).host();
    return host.equals("localhost") || host.equals("127.0.0.1") ? PROMETHEUS : host;
  }
}
