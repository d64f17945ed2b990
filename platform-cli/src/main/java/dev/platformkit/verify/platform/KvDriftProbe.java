package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.ConsulKv;
import dev.platformkit.kv.Change;
import dev.platformkit.kv.Desired;
import dev.platformkit.kv.KvDiff;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.util.List;
import java.util.Optional;

/** Consul holds what a file says that a service follows. */
final class KvDriftProbe implements Probe {
  private final String service;
  private final Desired desired;
  private final Addresses addresses;

  KvDriftProbe(String service, Desired desired, Addresses addresses) {
    this.service = requireNonNull(service, "service is null");
    this.desired = requireNonNull(desired, "desired is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "config/drift";
  }

  @Override
  public String subject() {
    return Desired.FOLDER + "/" + service + ".yaml";
  }

  @Override
  public String expected() {
    return "Consul holds what " + subject() + " says";
  }

  @Override
  public Finding look() {
    ConsulKv consul = new ConsulKv(addresses.server("consul", 8500));
    KvDiff diff =
        KvDiff.between(desired, consul.entries("config/" + service + "/"), List.of(service));
    List<Change> differences = diff.differences();
    if (differences.isEmpty()) {
      return Finding.pass(diff.wanted() + " as it says");
    }
    Way way = Way.none().reached("written", subject());
    for (Change change : differences) {
      way = way.broken("loaded", told(change));
    }
    return Finding.fail("Consul holds something else").on(way).link("platform kv diff");
  }

  private static String told(Change change) {
    String holds =
        change
            .stored()
            .map(entry -> entry.value().map(KvDriftProbe::quoted).orElse("bytes that are no text"))
            .map(value -> change.key() + " is " + value)
            .orElse(change.key() + " is not there");
    Optional<String> says =
        change.wanted().map(w -> "%s says %s".formatted(w.position(), quoted(w.value())));
    return holds + "; " + says.orElse("no file names it any more");
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }
}
