package dev.platformkit.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Consul's key-value store, read whole and changed by transactions. */
public final class ConsulKv {
  /** How many operations a transaction has at most; Consul answers 413 to more. */
  public static final int MAX_OPERATIONS = 64;

  /** How many bytes a transaction has at most, unless Consul is configured otherwise. */
  public static final int MAX_BYTES = 524_288;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpServer server;

  public ConsulKv(HttpServer server) {
    this.server = requireNonNull(server, "server is null").patient(PATIENCE);
  }

  /**
   * What is stored under a key.
   *
   * @param value empty where it is not UTF-8 text
   * @param flags a number that whoever writes the key may choose; 0 where none was
   * @param index of its last change
   */
  public record Entry(String key, Optional<String> value, long flags, long index) {
    public Entry {
      requireNonNull(key, "key is null");
      requireNonNull(value, "value is null");
    }
  }

  /** One step of a transaction, taken only if the key was not changed since it was read. */
  public sealed interface Operation {
    String key();

    /** Writes a value; an index of 0 demands that the key does not exist. */
    record Set(String key, String value, long flags, long index) implements Operation {
      public Set {
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
      }
    }

    /** Deletes a key. */
    record Delete(String key, long index) implements Operation {
      public Delete {
        requireNonNull(key, "key is null");
      }
    }
  }

  /** Why a transaction was rolled back, by the operation that could not be done. */
  public record Refusal(String key, String why) {
    public Refusal {
      requireNonNull(key, "key is null");
      requireNonNull(why, "why is null");
    }

    /** Whether somebody else changed the key meanwhile. */
    public boolean stale() {
      return why.contains("index is stale");
    }
  }

  /** Everything below a prefix, by key, as the leader knows it. */
  public List<Entry> entries(String prefix) {
    HttpCall call =
        HttpCall.get("/v1/kv/" + prefix).query("recurse", "true").query("consistent", "true");
    HttpAnswer answer = server.send(call);
    if (answer.status() == 404) {
      return List.of();
    }
    if (!answer.isGood()) {
      throw server.wrong(call, "keys, or 404", answer);
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : server.parse(call, answer)) {
      entries.add(
          new Entry(
              node.path("Key").asText(),
              text(node.path("Value")),
              node.path("Flags").longValue(),
              node.path("ModifyIndex").longValue()));
    }
    return List.copyOf(entries);
  }

  /**
   * Does all operations, or none.
   *
   * @return why none was done; empty where all were
   */
  public List<Refusal> transact(List<Operation> operations) {
    HttpCall call = HttpCall.of("PUT", "/v1/txn").body("application/json", body(operations));
    HttpAnswer answer = server.send(call);
    if (answer.isGood()) {
      return List.of();
    }
    if (answer.status() != 409) {
      throw server.wrong(call, "200, or 409", answer);
    }
    List<Refusal> refusals = new ArrayList<>();
    for (JsonNode error : server.parse(call, answer).path("Errors")) {
      int index = error.path("OpIndex").asInt(-1);
      String key = index >= 0 && index < operations.size() ? operations.get(index).key() : "";
      refusals.add(new Refusal(key, error.path("What").asText()));
    }
    if (refusals.isEmpty()) {
      throw server.wrong(call, "409 with what went wrong", answer);
    }
    return List.copyOf(refusals);
  }

  /** How many bytes a transaction has when it is sent. */
  public static int size(List<Operation> operations) {
    return body(operations).getBytes(UTF_8).length;
  }

  private static String body(List<Operation> operations) {
    ArrayNode body = HttpServer.JSON.createArrayNode();
    for (Operation operation : operations) {
      ObjectNode kv = body.addObject().putObject("KV");
      kv.put("Key", operation.key());
      if (operation instanceof Operation.Set set) {
        kv.put("Verb", "cas");
        kv.put("Value", Base64.getEncoder().encodeToString(set.value().getBytes(UTF_8)));
        kv.put("Flags", set.flags());
        kv.put("Index", set.index());
      } else if (operation instanceof Operation.Delete delete) {
        kv.put("Verb", "delete-cas");
        kv.put("Index", delete.index());
      }
    }
    return body.toString();
  }

  private static Optional<String> text(JsonNode value) {
    if (value.isNull()) {
      return Optional.of("");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(value.asText()));
      return Optional.of(UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty(); // somebody's bytes, which are none of a service's settings
    }
  }
}
