package dev.platformkit.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A platform with the logging stack only, and containers that write into it as any other does. */
final class LogPlatform implements AutoCloseable {
  static final String NAME = RunningPlatform.NAME + "-l";

  private static final DockerClient DOCKER = RunningPlatform.docker();

  private final String image;

  LogPlatform() {
    run("down", "--volumes", "--yes");
    run("up", "logging", "--yes", "--ports", "auto");
    image = DOCKER.inspectContainerCmd(container("elasticsearch")).exec().getConfig().getImage();
  }

  String container(String service) {
    return RunningPlatform.container(NAME, service);
  }

  /** Starts a container that is removed as soon as it ends; its service is called {@code it}. */
  String start(Map<String, String> logOptions, String... command) {
    Map<String, String> options = new HashMap<>(logOptions);
    options.put("tag", NAME + "/it/it");
    String id =
        DOCKER
            .createContainerCmd(image)
            .withEntrypoint(command[0])
            .withCmd(Arrays.copyOfRange(command, 1, command.length))
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withNetworkMode("none")
                    .withAutoRemove(true)
                    .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, options)))
            .exec()
            .getId();
    DOCKER.startContainerCmd(id).exec();
    return id;
  }

  boolean isThere(String container) {
    try {
      DOCKER.inspectContainerCmd(container).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  void kill(String service) {
    DOCKER.killContainerCmd(container(service)).withSignal("KILL").exec();
  }

  void begin(String service) {
    DOCKER.startContainerCmd(container(service)).exec();
  }

  /** Freezes a container; the kernel cannot do that at any time on a busy machine. */
  void pause(String service) {
    await()
        .ignoreException(InternalServerErrorException.class)
        .until(
            () -> {
              DOCKER.pauseContainerCmd(container(service)).exec();
              return true;
            });
  }

  void goOn(String service) {
    DOCKER.unpauseContainerCmd(container(service)).exec();
  }

  /** Takes it down as a user does who goes on later. */
  void downAndUp() {
    run("down", "--yes");
    run("up", "logging", "--yes");
  }

  /** The stored lines of the containers started here that begin with a text, in no order. */
  List<String> stored(String beginning) {
    String query =
        """
        {"size": 10000, "_source": ["event.original"], "sort": ["_doc"],
         "query": {"bool": {"filter": [
           {"term": {"container.name": "it"}}, {"match_phrase_prefix": {"message": "%s"}}]}}}
        """
            .formatted(beginning);
    List<String> lines = new ArrayList<>();
    JsonNode page = search("/filebeat-*/_search?scroll=1m", query);
    while (!page.at("/hits/hits").isEmpty()) {
      page.at("/hits/hits").forEach(hit -> lines.add(hit.at("/_source/event/original").asText()));
      String scroll =
          "{\"scroll\":\"1m\",\"scroll_id\":\"%s\"}".formatted(page.path("_scroll_id").asText());
      page = search("/_search/scroll", scroll);
    }
    return lines;
  }

  /** How many lines there are of which a field has a value. */
  long count(String index, String query) {
    return Cli.json(ask("GET", "/" + index + "/_count?q=" + query, "")).path("count").asLong();
  }

  /** A metric of the log keeper. */
  double metric(String name) {
    return metrics(name + " ").stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  /** What the log keeper says of its metrics whose names begin so. */
  List<String> metrics(String beginning) {
    return FaultPlatform.ask(NAME, "GET", "log-keeper", 9464, "/metrics", "")
        .lines()
        .filter(line -> line.startsWith(beginning))
        .toList();
  }

  String ask(String method, String path, String body) {
    return FaultPlatform.ask(NAME, method, "elasticsearch", 9200, path, body);
  }

  @Override
  public void close() {
    run("down", "--volumes", "--yes");
  }

  private JsonNode search(String path, String query) {
    return Cli.json(ask("POST", path, query));
  }

  private static void run(String... args) {
    Cli.Result result = Cli.platform(NAME, args);
    if (result.exit() != 0) {
      throw new AssertionError(result.toString());
    }
  }
}
