package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.backend.Elasticsearch.Line;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElasticsearchTest {
  private static final String SEARCH = "POST /filebeat-*,rejected-logs/_search";

  @Test
  void linesAreReadWhetherFieldsAreNestedOrDotted() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                SEARCH,
                """
                {"timed_out":false,"_shards":{"failed":0},"hits":{"hits":[
                  {"_source":{"container":{"id":"c1"},"service":{"name":"cart"},"trace":{"id":"t1"},
                    "event":{"original":"a line\\n"}}},
                  {"_source":{"container.id":"c2","trace.id":"t2","event.original":"b"}}]}}
                """)) {
      assertThat(new Elasticsearch(fake.as("elasticsearch")).linesOf(List.of("t1", "t2")))
          .containsExactly(new Line("c1", "cart", "t1", "a line"), new Line("c2", "", "t2", "b"));
      assertThat(fake.asked().get(0).body()).contains("\"trace.id\":[\"t1\",\"t2\"]");
    }
  }

  @Test
  void anAnswerOfSomeShardsOnlyIsNoAnswer() {
    try (FakeServer fake =
        new FakeServer().on(SEARCH, "{\"_shards\":{\"failed\":1},\"hits\":{\"hits\":[]}}")) {
      assertThatThrownBy(() -> new Elasticsearch(fake.as("elasticsearch")).linesOf(List.of("t")))
          .hasMessageContaining("expected an answer of every shard");
    }
  }

  @Test
  void aTextIsLookedForAsTheWordsThatTheStoreMakesOfIt() {
    try (FakeServer fake =
        new FakeServer()
            .on(SEARCH, "{\"_shards\":{\"failed\":0},\"hits\":{\"total\":{\"value\":3}}}")) {
      assertThat(new Elasticsearch(fake.as("elasticsearch")).linesWith("ab.longestword-c"))
          .isEqualTo(3);
      assertThat(fake.asked().get(0).body())
          .contains("\"query\":\"ab.longestword-c\",\"type\":\"phrase\"");
    }
  }

  @Test
  void whatAStoredLineIsNotFoundByIsTold() {
    Line line =
        new Line(
            "id-1",
            "demo-cart-1",
            "cart",
            "",
            "",
            "{}",
            "",
            Optional.of(Instant.parse("2026-01-31T12:00:01Z")),
            Optional.empty(),
            Map.of("message", "it began", "log.level", "INFO", "container.name", "demo-cart-1"));
    try (FakeServer fake =
        new FakeServer()
            .on(
                SEARCH,
                """
                {"_shards":{"failed":0},"aggregations":{"by":{"buckets":{
                  "message":{"doc_count":0},"log.level":{"doc_count":1},
                  "container.name":{"doc_count":0}}}}}
                """)) {
      assertThat(new Elasticsearch(fake.as("elasticsearch")).notFoundBy(line))
          .containsExactly("container.name", "message");
      assertThat(fake.asked().get(0).body())
          .contains("\"query\":\"it began\"", "\"fields\":[\"message\"]", "id-1");
    }
  }

  @Test
  void whatWasRefusedIsTheLineAndTheReasonTheOldestFirst() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "POST /rejected-logs/_search",
                """
                {"_shards":{"failed":0},"hits":{"hits":[
                  {"_source":{"@timestamp":"2026-01-31T12:00:02Z","message":"no JSON",
                    "error.message":"no JSON either"}},
                  {"_source":{"@timestamp":"2026-01-31T12:00:01Z",
                    "message":"{\\"service\\":{\\"name\\":\\"cart\\"},\\"event\\":{\\"original\\":\\"a line\\"}}",
                    "error.type":400,
                    "error.message":"{\\"reason\\":\\"does not fit\\",\\"caused_by\\":{\\"reason\\":\\"an object\\"}}"}}]}}
                """)) {
      assertThat(new Elasticsearch(fake.as("elasticsearch")).refusals(5))
          .containsExactly(
              new Refusal(
                  Instant.parse("2026-01-31T12:00:01Z"),
                  "cart",
                  "does not fit: an object",
                  "a line"),
              new Refusal(Instant.parse("2026-01-31T12:00:02Z"), "", "no JSON either", "no JSON"));
      assertThat(fake.asked().get(0).body()).contains("\"size\":5");
    }
  }
}
