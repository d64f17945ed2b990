package dev.platformkit.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Filebeat remembers of the log files that it reads: a checkpoint, and what has changed since
 * then, one JSON object a line.
 */
public record FilebeatRegistry(Map<String, Read> byContainer) {
  /** The folder in Filebeat's container. */
  public static final String FOLDER = "/usr/share/filebeat/data/registry/filebeat";

  private static final Pattern CONTAINER = Pattern.compile("/containers/([0-9a-f]{64})/");

  /**
   * How far the log of a container was read.
   *
   * @param offset the byte up to which what was read has been taken by the output
   * @param time when that was; the epoch where nothing was taken yet
   */
  public record Read(long offset, Instant time) {}

  public FilebeatRegistry {
    byContainer = Map.copyOf(byContainer);
  }

  /** Reads the files of the folder, by name. */
  public static FilebeatRegistry parse(Map<String, String> files) {
    List<String> names = new ArrayList<>(files.keySet());
    names.sort(Comparator.comparing("log.json"::equals)); // what came after the checkpoint: last
    Map<String, Map<String, Read>> byFile = new HashMap<>();
    for (String name : names) {
      if (name.endsWith(".json")) {
        files.get(name).lines().forEach(line -> read(line, byFile));
      }
    }
    Map<String, Read> byContainer = new HashMap<>();
    byFile.forEach(
        (container, reads) ->
            byContainer.put(
                container,
                reads.values().stream().max(Comparator.comparing(Read::time)).orElseThrow()));
    return new FilebeatRegistry(byContainer);
  }

  /** How far the log of a container was read; empty where Filebeat does not know it. */
  public Optional<Read> of(String containerId) {
    return Optional.ofNullable(byContainer.get(containerId));
  }

  private static void read(String line, Map<String, Map<String, Read>> byFile) {
    JsonNode json;
    try {
      json = HttpServer.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return; // it is written to while it is read
    }
    if (json.isArray()) {
      json.forEach(entry -> entry(entry.path("_key").asText(), entry, byFile));
    } else {
      entry(json.path("k").asText(), json.path("v"), byFile);
    }
  }

  private static void entry(String key, JsonNode value, Map<String, Map<String, Read>> byFile) {
    Matcher container = CONTAINER.matcher(value.at("/meta/source").asText());
    if (container.find()) {
      long seconds = value.at("/updated/1").asLong();
      boolean known = seconds > 0 && seconds < Instant.MAX.getEpochSecond();
      byFile
          .computeIfAbsent(container.group(1), id -> new HashMap<>())
          .put(
              key,
              new Read(
                  value.at("/cursor/offset").asLong(),
                  known ? Instant.ofEpochSecond(seconds) : Instant.EPOCH));
    }
  }
}
