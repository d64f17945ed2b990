package dev.platformkit.shop.user;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Summary;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Who comes and goes, and what it costs.
 *
 * <p>What hashing costs is a summary, with quantiles that this process computes itself: it is a
 * matter of this process and its processor, looked at for each instance and never added up over
 * several, which quantiles do not bear. Unlike a histogram it needs no buckets to be chosen for a
 * cost that is configured.
 */
final class UserMetrics {
  private final String service;
  private final Counter registrations;
  private final Counter logIns;
  private final Counter lockOuts;
  private final Counter refreshes;
  private final Summary hashing;
  private final Gauge keyAge;

  UserMetrics(String service, CollectorRegistry metrics) {
    this.service = service;
    registrations =
        Counter.build("user_registrations", "Users taken in")
            .labelNames("service")
            .register(metrics);
    logIns =
        Counter.build("user_logins", "Attempts to log in, by how they ended")
            .labelNames("service", "result")
            .register(metrics);
    lockOuts =
        Counter.build("user_lockouts", "Names that were locked out")
            .labelNames("service")
            .register(metrics);
    refreshes =
        Counter.build("user_sessions_refreshed", "Refresh tokens handed in, by what came of it")
            .labelNames("service", "result")
            .register(metrics);
    hashing =
        Summary.build("user_password_hash_seconds", "What one password takes to be hashed")
            .labelNames("service")
            .quantile(0.5, 0.05)
            .quantile(0.99, 0.005)
            .register(metrics);
    keyAge =
        Gauge.build("user_signing_key_age_seconds", "How long the newest key has signed tokens")
            .labelNames("service")
            .register(metrics);
    keyAge.labels(service);
    registrations.labels(service);
    lockOuts.labels(service);
    hashing.labels(service);
    List.of("ok", "wrong", "locked").forEach(result -> logIns.labels(service, result));
    List.of("ok", "ended", "used_twice").forEach(result -> refreshes.labels(service, result));
  }

  /** Asks for the age of the key whenever it is scraped. */
  void keyAge(DoubleSupplier seconds) {
    keyAge.setChild(
        new Gauge.Child() {
          @Override
          public double get() {
            return seconds.getAsDouble();
          }
        },
        service);
  }

  void registered() {
    registrations.labels(service).inc();
  }

  void logIn(String result) {
    logIns.labels(service, result).inc();
  }

  void lockedOut() {
    lockOuts.labels(service).inc();
  }

  void refresh(String result) {
    refreshes.labels(service, result).inc();
  }

  <T> T hashing(Supplier<T> hash) {
    return hashing.labels(service).time(hash::get);
  }
}
