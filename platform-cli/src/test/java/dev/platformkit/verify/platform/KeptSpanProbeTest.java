package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer.Answer;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A span of verify's own, and what a store makes of it. */
class KeptSpanProbeTest {
  private static final Pattern TRACE = Pattern.compile("\"traceId\":\"([0-9a-f]+)\"");

  private final FakePlatform platform = new FakePlatform().running("jaeger");
  private final KeptSpanProbe probe = new KeptSpanProbe(platform.addresses(), Instant.now());

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aSpanThatIsStoredAsItWasSentIsGood() {
    storedAs(sent -> sent);

    assertThat(probe.look()).isEqualTo(Finding.pass("kept as it was sent"));
  }

  @Test
  void whatTheStoreAddsToItIsNoMatter() {
    storedAs(
        sent ->
            sent.replace(
                "{\"key\":\"http.route\"",
                "{\"key\":\"more\",\"value\":{\"boolValue\":true}},{\"key\":\"http.route\""));

    assertThat(probe.look().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void anAttributeThatIsDeletedOnTheWayFails() {
    storedAs(sent -> sent.replace("http.route", "x"));

    Finding finding = probe.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).endsWith("http.route is nothing, and was /probe/{id}");
    assertThat(finding.hop()).contains("received -> stored");
  }

  @Test
  void aStatusOrLinkThatIsLostOnTheWayFails() {
    storedAs(
        sent ->
            sent.replace("\"status\":{\"code\":2}", "\"status\":{}")
                .replace("\"links\"", "\"left\""));

    assertThat(probe.look().observed()).contains("its error is false", "its links is []");
  }

  @Test
  void aSpanThatIsNotStoredMayStillCome() {
    platform.server.on("POST /v1/traces", "{}");

    Finding finding = probe.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).isFalse();
    assertThat(finding.hop()).contains("received -> stored");
  }

  @Test
  void aSpanThatIsNotLetInIsNotReceived() {
    platform.server.on("POST /v1/traces", 503, "full");

    assertThat(probe.look().hop()).contains("created -> received");
  }

  /** A store that tells what it was sent, having done this to it. */
  private void storedAs(UnaryOperator<String> done) {
    platform.server.on(
        "POST /v1/traces",
        asked -> {
          Matcher id = TRACE.matcher(asked.body());
          assertThat(id.find()).isTrue();
          platform.server.on(
              "GET /api/v3/traces/" + id.group(1), "{\"result\":" + done.apply(asked.body()) + "}");
          return new Answer(200, "{}");
        });
  }
}
