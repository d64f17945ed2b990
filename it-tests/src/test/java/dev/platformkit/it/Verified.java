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

  /** Fails unless some check of this id failed at this hop, and speaks of this. */
  void assertRed(String id, String hop, String about) {
    assertThat(result.exit()).as(this::toString).isEqualTo(1);
    assertThat(checks("fail"))
        .as("%s failed at \"%s\", about %s\n%s", id, hop, about, this)
        .anyMatch(
            check ->
                check.path("id").asText().equals(id)
                    && check.path("hop").asText().equals(hop)
                    && check.toString().contains(about));
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
