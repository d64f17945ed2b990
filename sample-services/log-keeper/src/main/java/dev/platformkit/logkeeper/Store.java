package dev.platformkit.logkeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Elasticsearch, as the one who knows which lines can be found. */
final class Store implements Archive {
  private static final Logger log = LoggerFactory.getLogger(Store.class);
  private static final int TO_CONNECT = (int) Duration.ofSeconds(1).toMillis();
  private static final int TO_ANSWER = (int) Duration.ofSeconds(3).toMillis();
  private static final String ANY_INDEX = "?ignore_unavailable=true&allow_no_indices=true";

  private final URI url;
  private boolean answering = true;

  Store(URI url) {
    this.url = requireNonNull(url, "url is null");
  }

  @Override
  public Optional<Set<String>> known(Collection<String> ids) {
    JsonArray values = new JsonArray();
    ids.forEach(values::add);
    JsonObject query = new JsonObject();
    query.addProperty("size", ids.size());
    query.addProperty("_source", false);
    JsonObject byId = new JsonObject();
    byId.add("values", values);
    JsonObject kind = new JsonObject();
    kind.add("ids", byId);
    query.add("query", kind);
    return ask(
            "POST",
            "/filebeat-*,rejected-logs/_search" + ANY_INDEX + "&filter_path=hits.hits._id,_shards",
            query.toString())
        .filter(answer -> answer.getAsJsonObject("_shards").get("failed").getAsInt() == 0)
        .map(
            answer -> {
              Set<String> known = new HashSet<>();
              if (answer.has("hits")) {
                for (JsonElement hit : answer.getAsJsonObject("hits").getAsJsonArray("hits")) {
                  known.add(hit.getAsJsonObject().get("_id").getAsString());
                }
              }
              return known;
            });
  }

  @Override
  public Optional<LocalDate> oldestDay() {
    return ask("GET", "/filebeat-*/_settings/index.creation_date" + ANY_INDEX, "")
        .flatMap(
            indices ->
                indices.keySet().stream()
                    .filter(name -> name.matches("filebeat-\\d{4}\\.\\d\\d\\.\\d\\d"))
                    .map(name -> LocalDate.parse(name.substring(9).replace('.', '-')))
                    .min(LocalDate::compareTo));
  }

  @Override
  public Optional<Long> refused() {
    return ask("GET", "/rejected-logs/_count" + ANY_INDEX, "")
        .map(answer -> answer.get("count").getAsLong());
  }

  private Optional<JsonObject> ask(String method, String path, String body) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.resolve(path).toURL().openConnection();
      connection.setConnectTimeout(TO_CONNECT);
      connection.setReadTimeout(TO_ANSWER);
      connection.setRequestMethod(method);
      if (!body.isEmpty()) {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(UTF_8));
      }
      try (InputStream answer = connection.getInputStream()) {
        String text = new String(answer.readAllBytes(), UTF_8);
        answers(true, "");
        return Optional.of(JsonParser.parseString(text).getAsJsonObject());
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      answers(false, e.toString());
      return Optional.empty();
    }
  }

  private void answers(boolean now, String why) {
    if (now && !answering) {
      log.info("the store answers again");
    } else if (!now && answering) {
      log.warn("the store does not answer: {}", why);
    }
    answering = now;
  }
}
