package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.backend.Filebeat;
import dev.platformkit.engine.Engine;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.journey.Proof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every line that a journey's services wrote of it is in the store, as it was written, once, and
 * can be found by its trace; and lines that each service wrote later are there too.
 */
public final class LogsProof implements Probe {
  private final Stored stored;
  private final Evidenced evidenced;
  private final Proof.Logs expected;
  private final Engine engine;
  private final Addresses addresses;
  private final Map<String, Written> written = new LinkedHashMap<>();
  private boolean nothingStored = true;

  public LogsProof(Stored stored, Proof.Logs expected, Engine engine, Addresses addresses) {
    this.stored = requireNonNull(stored, "stored is null");
    this.evidenced = stored.evidenced();
    this.expected = requireNonNull(expected, "expected is null");
    this.engine = requireNonNull(engine, "engine is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "logs/exact";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return "every line that %s wrote of it stored once, as it was written"
        .formatted(String.join(", ", expected.each()));
  }

  @Override
  public Finding look() {
    for (String service : expected.each()) {
      written(service).read();
    }
    List<Line> lines = stored.lines();
    List<Line> evidence = Stored.of(lines, evidenced.walk().traceIds());
    evidenced.seen().stored(evidence);
    List<Line> sentinels = Stored.of(lines, evidenced.sentinel().traceIds());
    nothingStored = evidence.isEmpty() && sentinels.isEmpty();
    Tally all = new Tally();
    List<String> faults = new ArrayList<>();
    Set<String> late = new TreeSet<>();
    boolean doubled = false;
    for (String service : expected.each()) {
      Written own = written(service);
      Tally tally = Tally.of(own.evidence(), evidence);
      all.add(tally);
      if (tally.written() == 0) {
        faults.add(
            "%s (%s) wrote no line with a trace id of this journey"
                .formatted(service, own.names()));
      } else if (!tally.isExact()) {
        faults.add("%s: %s".formatted(service, tally));
        tally.firstMissing().ifPresent(line -> faults.add("  missing: " + line));
      }
      doubled |= tally.doubled() > 0;
      if (Tally.of(own.sentinels(), sentinels).stored() == 0) {
        late.add(service);
      }
    }
    if (faults.isEmpty() && late.isEmpty()) {
      return Finding.pass(all.summary());
    }
    if (faults.isEmpty()) {
      return Finding.unknown(all.summary() + "; lines written later have not arrived of " + late);
    }
    String seen = all.summary() + (late.isEmpty() ? "" : "; no later line arrived of " + late);
    Finding finding = doubled ? Finding.fail(seen) : Finding.missing(seen);
    for (String fault : faults) {
      finding = finding.detail(fault);
    }
    return finding;
  }

  /** Each hop of a line's way has a witness: the engine's log, Filebeat's counters, the store. */
  @Override
  public Finding explain(Finding found) {
    String trace = evidenced.walk().traceIds().get(evidenced.walk().traceIds().size() - 1);
    Finding linked = found.link(stored.store().page(trace)).link("platform logs --trace " + trace);
    if (found.verdict() != Verdict.FAIL) {
      return linked;
    }
    for (String service : expected.each()) {
      if (written(service).evidence().values().stream().allMatch(List::isEmpty)) {
        return linked.at("written");
      }
    }
    List<String> refusals = stored.store().refusalsOf(evidenced.walk().traceIds());
    if (!refusals.isEmpty()) {
      return linked
          .at("collected -> accepted")
          .detail(
              "Elasticsearch refused %d of its lines: %s"
                  .formatted(refusals.size(), refusals.get(0)));
    }
    Filebeat filebeat = new Filebeat(addresses.server("filebeat", 5066));
    Filebeat.Events events = filebeat.events();
    String counters =
        "filebeat: %d read, %d taken by the store, %d to be sent again, %d refused"
            .formatted(events.published(), events.acked(), events.failed(), events.dropped());
    if (events.settled() < events.published()) {
      return linked.at("collected -> accepted").detail(counters).link(filebeat.page());
    }
    String hop = nothingStored ? "written -> collected" : "collected -> searchable";
    return linked.at(hop).detail(counters).link(filebeat.page());
  }

  private Written written(String service) {
    return written.computeIfAbsent(
        service, s -> new Written(engine, addresses.running(s), evidenced));
  }
}
