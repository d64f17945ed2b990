package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/** Filebeat's own monitoring endpoint. */
public final class Filebeat {
  private final HttpServer server;

  public Filebeat(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /**
   * Events since Filebeat started.
   *
   * @param read from files
   * @param filtered which its own processors dropped
   * @param published given to the queue
   * @param acked taken by the output
   * @param duplicates which the store held already
   * @param failed to be sent again
   * @param dropped refused by the store for good
   */
  public record Events(
      long read,
      long filtered,
      long published,
      long acked,
      long duplicates,
      long failed,
      long dropped) {
    /** How many have left the queue, wherever they went. */
    public long settled() {
      return acked + duplicates + dropped;
    }

    /** What came on since earlier ones of the same process. */
    public Events since(Events then) {
      return new Events(
          read - then.read,
          filtered - then.filtered,
          published - then.published,
          acked - then.acked,
          duplicates - then.duplicates,
          failed - then.failed,
          dropped - then.dropped);
    }
  }

  public Events events() {
    JsonNode libbeat = server.json(HttpCall.get("/stats")).path("libbeat");
    JsonNode pipeline = libbeat.path("pipeline").path("events");
    JsonNode output = libbeat.path("output").path("events");
    return new Events(
        pipeline.path("total").asLong(),
        pipeline.path("filtered").asLong(),
        pipeline.path("published").asLong(),
        output.path("acked").asLong(),
        output.path("duplicates").asLong(),
        output.path("failed").asLong(),
        output.path("dropped").asLong());
  }

  public String page() {
    return server.url("/stats");
  }
}
