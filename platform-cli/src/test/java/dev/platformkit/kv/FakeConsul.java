package dev.platformkit.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.platformkit.backend.ConsulKv;
import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.FakeServer.Answer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** As much of Consul as keeps keys: a listing, and transactions with check-and-set. */
final class FakeConsul implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeServer server = new FakeServer();
  private final Map<String, Stored> keys = new TreeMap<>();
  private long index = 10;

  private record Stored(String base64, String flags, long index) {}

  FakeConsul() {
    server.on("GET /v1/kv/config/", asked -> list());
    server.on("PUT /v1/txn", asked -> transact(asked.body()));
  }

  ConsulKv store() {
    return new ConsulKv(server.as("consul"));
  }

  FakeServer server() {
    return server;
  }

  /** Writes as anybody would, so with flags of 0. */
  FakeConsul put(String key, String value) {
    return putBytes(key, value.getBytes(UTF_8));
  }

  FakeConsul putBytes(String key, byte[] value) {
    keys.put(key, new Stored(Base64.getEncoder().encodeToString(value), "0", ++index));
    return this;
  }

  /** What is stored, as text by key. */
  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    store().entries(Keys.PREFIX).forEach(e -> values.put(e.key(), e.value().orElse("(bytes)")));
    return values;
  }

  private synchronized Answer list() {
    if (keys.isEmpty()) {
      return new Answer(404, "");
    }
    ArrayNode list = JSON.createArrayNode();
    keys.forEach(
        (key, stored) ->
            list.addObject()
                .put("Key", key)
                .put("Value", stored.base64().isEmpty() ? null : stored.base64())
                .put("Flags", Long.parseLong(stored.flags()))
                .put("ModifyIndex", stored.index()));
    return new Answer(200, list.toString());
  }

  private synchronized Answer transact(String body) {
    List<String> errors = new ArrayList<>();
    JsonNode operations = parse(body);
    for (int i = 0; i < operations.size(); i++) {
      JsonNode kv = operations.get(i).path("KV");
      Stored there = keys.get(kv.path("Key").asText());
      boolean checked = kv.path("Verb").asText().endsWith("cas");
      if (checked && kv.path("Index").asLong() != (there == null ? 0 : there.index())) {
        errors.add("{\"OpIndex\":%d,\"What\":\"failed to set key, index is stale\"}".formatted(i));
      }
    }
    if (!errors.isEmpty()) {
      return new Answer(409, "{\"Results\":null,\"Errors\":[" + String.join(",", errors) + "]}");
    }
    index++;
    for (JsonNode operation : operations) {
      JsonNode kv = operation.path("KV");
      if (!kv.path("Verb").asText().startsWith("delete")) {
        keys.put(
            kv.path("Key").asText(),
            new Stored(kv.path("Value").asText(), kv.path("Flags").asText(), index));
      } else {
        keys.remove(kv.path("Key").asText());
      }
    }
    return new Answer(200, "{\"Results\":[],\"Errors\":null}");
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
