package dev.platformkit.logkeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryTest {
  @Test
  void isReadAsTheEngineWritesIt() {
    Entry entry =
        EngineLog.parse(
            "{\"log\":\"a \\u003c b\\n\",\"stream\":\"stderr\",\"attrs\":{\"tag\":\"demo/x/y\"},\"time\":\"2026-01-31T12:00:00.5Z\"}");

    assertThat(entry.message()).isEqualTo("a < b");
    assertThat(entry.complete()).isTrue();
    assertThat(entry.stream()).isEqualTo("stderr");
    assertThat(entry.tag()).isEqualTo("demo/x/y");
    assertThat(entry.time()).isEqualTo(Instant.parse("2026-01-31T12:00:00.5Z"));
  }

  @Test
  void needsNoTag() {
    Entry entry =
        EngineLog.parse(
            "{\"log\":\"a\\n\",\"stream\":\"stdout\",\"time\":\"2026-01-31T12:00:00Z\"}");

    assertThat(entry.tag()).isEmpty();
  }

  @Test
  void isNoneWhereItIsTorn() {
    for (String torn :
        new String[] {"{\"log\":\"a", "", "null", "[]", "{\"log\":\"a\\n\"}", "\0\0"}) {
      byte[] bytes = torn.getBytes(UTF_8);
      assertThat(Entry.parse(bytes, 0, bytes.length, 0)).as(torn).isEmpty();
    }
  }

  @Test
  void withoutAnEndIsCompletedWithEverythingElseAsItWas() {
    Entry torn = EngineLog.parse(EngineLog.entry("no end", 1));

    Entry completed = EngineLog.parse(new String(torn.completed(), UTF_8));

    assertThat(torn.complete()).isFalse();
    assertThat(completed.log()).isEqualTo("no end\n");
    assertThat(completed.time()).isEqualTo(torn.time());
    assertThat(completed.stream()).isEqualTo(torn.stream());
    assertThat(completed.tag()).isEqualTo(torn.tag());
  }
}
