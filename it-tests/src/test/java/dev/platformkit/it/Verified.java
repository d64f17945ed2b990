package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a run of {@code verify -o json} came to. */
record Verified(Cli.Result result) {
  /** Fails unless everything was proven. */
  void assertGreen() {
    assertThat(result.exit()).as(this::toString).isZero();
    assertThat(checks("pass").size() + checks("skip").size()).isEqualTo(checks().size());
  }

  /** Fails unless the check that a fault is told by has failed, at its hop. */
  void assertRed(Fault fault) {
    assertThat(result.exit()).as("%s\n%s", fault, this).isEqualTo(1);
    boolean told =
        checks("fail").stream()
            .anyMatch(
                check ->
                    check.path("id").asText().equals(fault.check())
                        && check.path("hop").asText("").equals(fault.hop())
                        && check.toString().contains(fault.about()));
    assertThat(told)
        .as(
            "%s: %s failed at \"%s\", about %s\n%s",
            fault, fault.check(), fault.hop(), fault.about(), this)
        .isTrue();
  }

  List<JsonNode> checks() {
    List<JsonNode> checks = new ArrayList<>();
    result.json().path("checks").forEach(checks::add);
    return checks;
  }

  private List<JsonNode> checks(String verdict) {
    return checks().stream().filter(c -> c.path("verdict").asText().equals(verdict)).toList();
  }

  /** What was not good, a line each; the whole evidence is long. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("verify: exit " + result.exit());
    if (result.out().isBlank()) {
      return text.append('\n').append(result.err()).toString();
    }
    text.append(" after ").append(result.took());
    for (JsonNode check : checks()) {
      if (!check.path("verdict").asText().matches("pass|skip")) {
        text.append("\n  ").append(check.path("verdict").asText());
        text.append(' ').append(check.path("id").asText());
        text.append(" · ").append(check.path("subject").asText());
        text.append(" · hop ").append(check.path("hop").asText());
        text.append(" · ").append(check.path("observed").asText());
        check.path("details").forEach(d -> text.append("\n      ").append(d.asText()));
      }
    }
    return text.toString();
  }
}
