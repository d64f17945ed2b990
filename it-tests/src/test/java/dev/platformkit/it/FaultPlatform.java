package dev.platformkit.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A second platform beside the {@link RunningPlatform}, from a {@link ProjectCopy} with the
 * strangers added, to break one thing of it at a time. Each way to break something knows how it is
 * put right again: {@link #heal}.
 */
final class FaultPlatform {
  static final String NAME = RunningPlatform.NAME + "-f";

  private static final Path STRANGERS = Cli.ROOT.resolve("it-tests/src/test/strangers");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ProjectCopy project;
  private final Deque<Runnable> repairs = new ArrayDeque<>();

  private FaultPlatform(ProjectCopy project) {
    this.project = project;
  }

  /** The project that this platform is of. */
  ProjectCopy project() {
    return project;
  }

  /** Runs {@code platform -C COPY ARGS --name NAME}. */
  Cli.Result platform(String... args) {
    return platform(Map.of(), args);
  }

  private Cli.Result platform(Map<String, String> environment, String... args) {
    String[] all = Arrays.copyOf(args, args.length + 4);
    all[args.length] = "-C";
    all[args.length + 1] = project.root().toString();
    all[args.length + 2] = "--name";
    all[args.length + 3] = NAME;
    Cli cli = Cli.in(Cli.ROOT);
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      cli = cli.with(variable.getKey(), variable.getValue());
    }
    return cli.run(all);
  }

  /** Proves it. */
  Verified verify() {
    return new Verified(platform("verify", "-o", "json"));
  }

  /** Proves it, with more time than it takes where nobody else uses the machine. */
  Verified verifyWithTime() {
    return new Verified(platform("verify", "-o", "json", "--timeout", "60"));
  }

  /** Brings it (back) to what its files say. */
  void up() {
    up(Map.of());
  }

  private void up(Map<String, String> environment) {
    Cli.Result up = platform(environment, "up", "--yes", "--ports", "auto");
    if (up.exit() != 0) {
      throw new AssertionError("the platform for faults did not come up\n" + up);
    }
  }

  /**
   * Alters a file of its project, each text into the one after it, and brings the platform to it.
   */
  void change(String file, String... texts) {
    for (int i = 0; i < texts.length; i += 2) {
      project.edit(file, texts[i], texts[i + 1]);
    }
    up();
  }

  /** Has a stranger do something wrong. */
  void misbehave(String service, String fault) {
    up(Map.of(service.toUpperCase(java.util.Locale.ROOT) + "_FAULT", fault));
  }

  void stop(String service) {
    RunningPlatform.docker().stopContainerCmd(container(service)).withTimeout(2).exec();
  }

  void restart(String service) {
    RunningPlatform.docker().restartContainerCmd(container(service)).withTimeout(5).exec();
  }

  /** Has the next line make an index of logs that maps these properties so, given as JSON. */
  void mapLogs(String properties) {
    String path = "/_index_template/faulty";
    String template =
        "{\"index_patterns\":[\"filebeat-*\"],\"priority\":500,"
            + "\"template\":{\"mappings\":{\"properties\":%s}}}".formatted(properties);
    ask("PUT", "elasticsearch", 9200, path, template);
    afterwards(this::deleteLogs);
    afterwards(() -> ask("DELETE", "elasticsearch", 9200, path, ""));
    deleteLogs();
  }

  private void deleteLogs() {
    String indices = ask("GET", "elasticsearch", 9200, "/_cat/indices/filebeat-*?h=index", "");
    indices.lines().forEach(index -> ask("DELETE", "elasticsearch", 9200, "/" + index.strip(), ""));
  }

  /** Gives every index of logs another setting, both values as JSON. */
  void setLogs(String setting, String fault, String repair) {
    String path = "/filebeat-*/_settings";
    String body = "{\"%s\":%s}";
    ask("PUT", "elasticsearch", 9200, path, body.formatted(setting, fault));
    afterwards(() -> ask("PUT", "elasticsearch", 9200, path, body.formatted(setting, repair)));
  }

  /** Silences the alerts of which a label matches. */
  void silence(String label, String regex) {
    String silence =
        """
        {"matchers": [{"name": "%s", "value": "%s", "isRegex": true, "isEqual": true}],
         "startsAt": "%s", "endsAt": "%s", "createdBy": "somebody", "comment": "left behind"}
        """
            .formatted(label, regex, Instant.now(), Instant.now().plus(Duration.ofHours(1)));
    String id =
        Cli.json(ask("POST", "alertmanager", 9093, "/api/v2/silences", silence))
            .path("silenceID")
            .asText();
    afterwards(() -> ask("DELETE", "alertmanager", 9093, "/api/v2/silence/" + id, ""));
  }

  /** Gives a key in Consul another value. */
  void keep(String key, String fault, String repair) {
    ask("PUT", "consul", 8500, "/v1/kv/" + key, fault);
    afterwards(() -> ask("PUT", "consul", 8500, "/v1/kv/" + key, repair));
  }

  /** The id under which a service's container is registered. */
  String instance(String service) {
    return service + "-" + container(service).substring(0, 12);
  }

  void deregister(String id) {
    ask("PUT", "consul", 8500, "/v1/agent/service/deregister/" + id, "");
  }

  /** Enters an instance that is none; its check as JSON. */
  void register(String service, String id, String address, String check) {
    String entry =
        "{\"ID\":\"%s\",\"Name\":\"%s\",\"Address\":\"%s\",\"Port\":1,\"Check\":%s}"
            .formatted(id, service, address, check);
    ask("PUT", "consul", 8500, "/v1/agent/service/register", entry);
    afterwards(() -> deregister(id));
  }

  /** Has a service's database hold something else, until the repair. */
  void data(String database, String fault, String repair) {
    sql(database, fault);
    afterwards(() -> sql(database, repair));
  }

  private void sql(String database, String statement) {
    DockerClient docker = RunningPlatform.docker();
    String exec =
        docker
            .execCreateCmd(container("postgres"))
            .withCmd("psql", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    try {
      docker.execStartCmd(exec).exec(new ResultCallback.Adapter<>()).awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    Long exit = docker.inspectExecCmd(exec).exec().getExitCodeLong();
    if (exit == null || exit != 0) {
      throw new AssertionError(statement + " in " + database + ": psql exits with " + exit);
    }
  }

  /** How something that was broken by other means is put right; the latest is done first. */
  void afterwards(Runnable repair) {
    repairs.push(repair);
  }

  /** Undoes every fault. */
  void heal() {
    while (!repairs.isEmpty()) {
      repairs.pop().run();
    }
    project.restore();
    up();
  }

  /** The first container of a service. */
  String container(String service) {
    return RunningPlatform.container(NAME, service);
  }

  /** Asks a server of this platform; fails unless the answer is 2xx. */
  String ask(String method, String service, int port, String path, String body) {
    return ask(NAME, method, service, port, path, body);
  }

  /** Asks a server of some platform; fails unless the answer is 2xx. */
  static String ask(
      String platform, String method, String service, int port, String path, String body) {
    URI uri = URI.create(address(platform, service, port) + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(
            "%s %s answered %d %s".formatted(method, uri, answer.statusCode(), answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError(method + " " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Where a port of a service is published. */
  static String address(String platform, String service, int port) {
    return "http://127.0.0.1:"
        + RunningPlatform.published(RunningPlatform.container(platform, service), port);
  }

  /**
   * Brings it up before the first class that is extended with this, takes it down after the last,
   * and gives it to tests that ask for it.
   */
  static final class Shared implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
      // Images are built of what the copy leaves out; the other platform has them built first.
      new RunningPlatform().beforeAll(context);
      up(context);
    }

    private static FaultPlatform up(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .getOrComputeIfAbsent(FaultPlatform.class, key -> new Up(), Up.class)
          .platform;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().equals(FaultPlatform.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return up(context);
    }
  }

  private static final class Up implements AutoCloseable {
    private final FaultPlatform platform;

    Up() {
      ProjectCopy project = new ProjectCopy(Cli.ROOT.resolve("it-tests/target/project"));
      project.addStack("strangers", STRANGERS.resolve("stack"));
      project.addJourney(STRANGERS.resolve("journeys/notes.yaml"));
      platform = new FaultPlatform(project);
      takeDown();
      platform.up();
    }

    @Override
    public void close() {
      takeDown();
    }

    private void takeDown() {
      Cli.Result down = platform.platform("down", "--volumes", "--yes");
      if (down.exit() != 0) {
        throw new AssertionError("the platform for faults did not go down\n" + down);
      }
    }
  }
}
