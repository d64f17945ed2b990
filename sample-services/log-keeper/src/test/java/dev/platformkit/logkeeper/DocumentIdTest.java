package dev.platformkit.logkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentIdTest {
  /** A line that Filebeat 7.17 shipped, and the id under which Elasticsearch stored it. */
  @Test
  void isTheOneThatFilebeatGives() {
    String container = "3f8dc7a5d49c46ba8923958f59f8e3165e529c7ab2d17751589fc70106b19ac5";
    Entry line =
        EngineLog.parse(
            "{\"log\":\"hello \\u003cü\\u003e \\u0026 \\\"you\\\"\\n\",\"stream\":\"stdout\",\"attrs\":{\"tag\":\"a/b/c\"},\"time\":\"2026-11-25T02:16:02.432757028Z\"}");

    assertThat(DocumentId.of(container, line)).isEqualTo("cWCCuJCPG9pw3atfpT70LscTGQ4=");
  }
}
