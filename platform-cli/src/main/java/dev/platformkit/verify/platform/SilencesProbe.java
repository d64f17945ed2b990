package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Alertmanager;
import dev.platformkit.backend.Alertmanager.Silence;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** No silence is in force that would mute an alert of a loaded rule: nobody would be told of it. */
final class SilencesProbe implements Probe {
  private static final int NAMED = 4;

  private final Supplier<List<RuleGroup>> loaded;
  private final Addresses addresses;

  SilencesProbe(Supplier<List<RuleGroup>> loaded, Addresses addresses) {
    this.loaded = requireNonNull(loaded, "loaded is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "alerts/silences";
  }

  @Override
  public String subject() {
    return "alertmanager";
  }

  @Override
  public String expected() {
    return "no silence in force that mutes alerts of a loaded rule";
  }

  @Override
  public Finding look() {
    List<Silence> silences = alertmanager().silences();
    if (silences.isEmpty()) {
      return Finding.pass("none");
    }
    List<RuleAlert> alerts = RuleAlert.all(loaded.get());
    List<String> told = new ArrayList<>();
    List<String> links = new ArrayList<>();
    for (Silence silence : silences) {
      List<String> muted =
          alerts.stream()
              .filter(alert -> alert.match(silence.matchers()) != RuleAlert.Match.NO)
              .map(RuleAlert::name)
              .distinct()
              .toList();
      if (!muted.isEmpty()) {
        told.add(inWords(silence, muted));
        links.add(alertmanager().silencePage(silence.id()));
        links.add("curl -X DELETE " + alertmanager().silenceUrl(silence.id()));
      }
    }
    if (told.isEmpty()) {
      return Finding.pass(silences.size() + " silences, of no loaded rule");
    }
    Finding finding =
        Finding.fail(
                told.size() == 1 ? "a silence mutes alerts" : told.size() + " silences mute alerts")
            .on(
                Way.none()
                    .reached("alert sent", alerts.size() + " alerts have a rule")
                    .broken("routed", told.get(0)));
    for (String each : told) {
      finding = finding.detail(each);
    }
    for (String link : links) {
      finding = finding.link(link);
    }
    return finding;
  }

  private static String inWords(Silence silence, List<String> muted) {
    String names = muted.stream().limit(NAMED).collect(Collectors.joining(", "));
    return "silence %s {%s} by %s until %s (%s) mutes %s%s"
        .formatted(
            silence.id(),
            silence.matchers().stream().map(Object::toString).collect(Collectors.joining(", ")),
            silence.author(),
            silence.end(),
            silence.comment(),
            names,
            muted.size() > NAMED ? " and " + (muted.size() - NAMED) + " more" : "");
  }

  private Alertmanager alertmanager() {
    return new Alertmanager(addresses.server("alertmanager", 9093));
  }
}
