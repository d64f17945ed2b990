package dev.platformkit.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All containers that a service had at a moment, however many these are. */
record Replicas(String service, List<String> containers) {
  private static final DockerClient DOCKER = RunningPlatform.docker();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What follows the labels, and no exemplar's. */
  private static final Pattern SAMPLE = Pattern.compile("^[^}]*} (\\S+)");

  Replicas {
    containers = List.copyOf(containers);
    if (containers.isEmpty()) {
      throw new AssertionError("no container of " + service);
    }
  }

  /** Those that run now. */
  static Replicas of(String platform, String service) {
    return new Replicas(
        service,
        RunningPlatform.containers(platform).stream()
            .filter(c -> service.equals(c.getLabels().get("com.docker.compose.service")))
            .filter(c -> c.getState().equals("running") || c.getState().equals("paused"))
            .map(Container::getId)
            .toList());
  }

  /** One of them by itself. */
  Replicas only(String container) {
    return new Replicas(service, List.of(container));
  }

  /** The name under which a container is registered. */
  String instance(String container) {
    return service + "-" + container.substring(0, 12);
  }

  /** Freezes them all: they hang, and refuse nothing. */
  void pause() {
    for (String container : containers) {
      // The kernel cannot do that at any time on a busy machine.
      await()
          .pollDelay(Duration.ZERO)
          .ignoreException(InternalServerErrorException.class)
          .until(
              () -> {
                DOCKER.pauseContainerCmd(container).exec();
                return true;
              });
    }
  }

  /** Lets those go on that are frozen. */
  void goOn() {
    containers.stream()
        .filter(
            c -> Boolean.TRUE.equals(DOCKER.inspectContainerCmd(c).exec().getState().getPaused()))
        .forEach(container -> DOCKER.unpauseContainerCmd(container).exec());
  }

  /** Has them die without a chance to say so to anybody. */
  void kill() {
    containers.forEach(c -> DOCKER.killContainerCmd(c).withSignal("KILL").exec());
  }

  /** The sum of a metric over all of them and all its series that say {@code state="open"}. */
  double metric(String name, String... labels) {
    return containers.stream()
        .flatMap(container -> metrics(container).lines())
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .map(SAMPLE::matcher)
        .filter(Matcher::find)
        .map(sample -> sample.group(1))
        .mapToDouble(Double::parseDouble)
        .sum();
  }

  /** How many calls of a method they have handled, however these ended. */
  double handled(String method) {
    return metric("grpc_server_handled_total", "method=\"%s\"".formatted(method));
  }

  /** What one has logged since it was started, line by line. */
  List<JsonNode> log(String container) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try {
      DOCKER
          .logContainerCmd(container)
          .withStdOut(true)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  written.writeBytes(frame.getPayload());
                }
              })
          .awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return written.toString(UTF_8).lines().filter(l -> l.startsWith("{")).map(Cli::json).toList();
  }

  private static String metrics(String container) {
    int port = RunningPlatform.published(container, 9464);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException("the metrics of " + container, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
