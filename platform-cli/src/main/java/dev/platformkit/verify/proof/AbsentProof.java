package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.journey.Template;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A text stands in no log: not in what any container wrote, by the engine's own logs, and not in
 * the store once lines written later have arrived there.
 */
public final class AbsentProof implements Probe {
  private final Stored stored;
  private final Evidenced evidenced;
  private final Template text;
  private final Engine engine;
  private final Addresses addresses;
  private final List<Container> everywhere;
  private final List<String> services;

  /**
   * A proof of absence.
   *
   * @param everywhere every container that may have written the text
   * @param services those whose later lines must have arrived before the store is believed
   */
  public AbsentProof(
      Stored stored,
      Template text,
      Engine engine,
      Addresses addresses,
      List<Container> everywhere,
      List<String> services) {
    this.stored = requireNonNull(stored, "stored is null");
    this.evidenced = stored.evidenced();
    this.text = requireNonNull(text, "text is null");
    this.engine = requireNonNull(engine, "engine is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.everywhere = List.copyOf(everywhere);
    this.services = List.copyOf(services);
  }

  @Override
  public String id() {
    return "logs/absent";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return named() + " in no log line";
  }

  @Override
  public Finding look() {
    String value = text.with(evidenced.walk().values());
    Set<String> late = new TreeSet<>(services);
    Stored.of(stored.lines(), evidenced.sentinel().traceIds()).stream()
        .map(Elasticsearch.Line::containerId)
        .forEach(id -> late.removeIf(service -> isOf(service, id)));
    if (!late.isEmpty()) {
      return Finding.unknown("lines written later have not arrived of " + late);
    }
    Instant since = evidenced.walk().start().minusSeconds(1);
    for (Container container : everywhere) {
      for (LogLine line : engine.logs(container.id(), since)) {
        if (line.text().contains(value)) {
          return Finding.fail("%s wrote %s at %s".formatted(container.name(), named(), line.time()))
              .at("written")
              .link("platform logs " + container.service());
        }
      }
    }
    long lines = stored.store().linesWith(value);
    return lines == 0
        ? Finding.pass(named() + " nowhere")
        : Finding.fail(lines + " stored lines hold " + named()).at("stored");
  }

  /** What is looked for, in words that do not give it away: the name of {@code {{secret}}}. */
  private String named() {
    return text.text().replace("{{", "").replace("}}", "");
  }

  private boolean isOf(String service, String containerId) {
    return addresses.containers(service).stream().anyMatch(c -> c.id().equals(containerId));
  }
}
