package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Consul;
import dev.platformkit.backend.HttpCall;
import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.util.List;
import java.util.Optional;

/** A value written to the key-value store is seen by a running service, without a restart. */
final class KvProbe implements Probe {
  private static final String KEY = "platform-probe";
  private static final int ADMIN = 9464;

  private final String service;
  private final String nonce;
  private final Addresses addresses;
  private boolean written;
  private Optional<Long> start = Optional.empty();

  KvProbe(String service, String nonce, Addresses addresses) {
    this.service = requireNonNull(service, "service is null");
    this.nonce = requireNonNull(nonce, "nonce is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "kv/seen";
  }

  @Override
  public String subject() {
    return service;
  }

  @Override
  public String expected() {
    return "%s written to Consul shows in %s's /config".formatted(key(), service);
  }

  @Override
  public Finding look() {
    if (!written) {
      addresses.server(service, ADMIN);
      consul().put(key(), nonce);
      written = true;
      start = Optional.of(System.nanoTime());
    }
    List<Container> containers = addresses.running(service);
    for (Container container : containers) {
      HttpServer admin = addresses.server(container, ADMIN);
      Optional<String> unseen = unseen(admin);
      if (unseen.isPresent()) {
        return Finding.missing(unseen.get());
      }
    }
    return Finding.pass("%.1f s".formatted((System.nanoTime() - start.orElseThrow()) / 1e9));
  }

  /** What a container shows instead of what was written. */
  private Optional<String> unseen(HttpServer admin) {
    JsonNode config;
    try {
      config = admin.json(HttpCall.get("/config"));
    } catch (BackendException e) {
      return Optional.of("it does not show its configuration: " + e.getMessage());
    }
    if (config.path(KEY).asText().equals(nonce)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s holds %s, not this run's %s"
            .formatted(
                admin.url("/config"),
                config.has(KEY) ? config.path(KEY).asText() : "no " + KEY,
                nonce));
  }

  @Override
  public Finding explain(Finding found) {
    if (!written) {
      return found.link("platform logs consul");
    }
    Optional<String> stored = consul().get(key());
    return found
        .on(
            Way.none()
                .hop(
                    "written",
                    stored.equals(Optional.of(nonce)),
                    "Consul holds %s under %s".formatted(stored.orElse("nothing"), key()))
                .broken("loaded", found.observed()))
        .link("platform logs " + service);
  }

  @Override
  public void close() {
    if (written) {
      consul().delete(key());
    }
  }

  private String key() {
    return "config/" + service + "/" + KEY;
  }

  private Consul consul() {
    return new Consul(addresses.server("consul", 8500));
  }
}
