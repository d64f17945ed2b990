package dev.platformkit.it;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A platform with the shop and what it needs, and nothing else: the images that everybody gets,
 * wired as everybody has them. Some things differ, so that tests come near enough: the services'
 * gRPC ports are published, product runs once, and fewer calls of a shopper wait for their turn.
 */
public final class ShopPlatform implements AutoCloseable {
  private static final String NAME = RunningPlatform.NAME + "-s";
  private static final int GRPC = 50051;
  private static final String COMPOSE = "stacks/samples/compose.yaml";

  /** The services of the shop, in the order of their names. */
  public static final List<String> SERVICES =
      List.of("api-gateway", "cart", "cart-api", "category", "order", "product", "user");

  /** The services that have a database of their own, which has their name. */
  public static final List<String> DATABASES =
      List.of("cart", "category", "order", "product", "user");

  private final ProjectCopy project;

  private ShopPlatform(ProjectCopy project) {
    this.project = project;
  }

  /** Brings it up, anew. */
  public static ShopPlatform up() {
    // A copy has not all that images are built of; what is missing is built where all of it is.
    expectGood(RunningPlatform.platform("images", "build", "--yes"));
    ProjectCopy project = new ProjectCopy(Cli.ROOT.resolve("it-tests/target/shop"));
    project.edit(
        COMPOSE,
        "ports: [\"127.0.0.1::9464\"]",
        "ports: [\"127.0.0.1::9464\", \"127.0.0.1::%d\"]".formatted(GRPC));
    project.edit(COMPOSE, "deploy: { replicas: 2 }", "deploy: { replicas: 1 }");
    project.edit(COMPOSE, "RATE_QUEUE: \"10\"", "RATE_QUEUE: \"5\"");
    ShopPlatform platform = new ShopPlatform(project);
    platform.close();
    expectGood(platform.run("up", "samples", "--yes", "--ports", "auto"));
    return platform;
  }

  @Override
  public void close() {
    expectGood(run("down", "--volumes", "--yes"));
  }

  /** The gRPC port of a service, on 127.0.0.1. */
  public int grpcPort(String service) {
    return port(service, GRPC);
  }

  /** Where a port of a container is published on 127.0.0.1. */
  public int port(String service, int port) {
    return RunningPlatform.published(container(service), port);
  }

  /** Asks a server of this platform over HTTP; fails unless the answer is 2xx. */
  public String ask(String method, String service, int port, String path, String body) {
    return FaultPlatform.ask(NAME, method, service, port, path, body);
  }

  /** The id under which a service's only container is registered. */
  public String instance(String service) {
    return service + "-" + container(service).substring(0, 12);
  }

  /** The address that a service's container has on the network of all. */
  public String addressInside(String service) {
    return RunningPlatform.docker()
        .inspectContainerCmd(container(service))
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .get(NAME + "_platform")
        .getIpAddress();
  }

  /** What was generated to be known by those only who need it, by the names of its files. */
  public Map<String, String> secrets() {
    Path folder = project.root().resolve(".platform").resolve(NAME).resolve("secrets");
    try (var files = Files.list(folder)) {
      Map<String, String> secrets = new LinkedHashMap<>();
      for (Path file : files.sorted().toList()) {
        secrets.put(file.getFileName().toString(), Files.readString(file).strip());
      }
      return secrets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Freezes a service's container; the kernel cannot do that at any time on a busy machine. */
  public void pause(String service) {
    await()
        .ignoreException(InternalServerErrorException.class)
        .until(
            () -> {
              RunningPlatform.docker().pauseContainerCmd(container(service)).exec();
              return true;
            });
  }

  /** Lets a frozen container go on. */
  public void goOn(String service) {
    RunningPlatform.docker().unpauseContainerCmd(container(service)).exec();
  }

  /** What every container has written so far, by service. */
  public Map<String, List<String>> lines() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Container container : RunningPlatform.containers(NAME)) {
      all.put(container.getLabels().get("com.docker.compose.service"), linesOf(container.getId()));
    }
    return all;
  }

  /** What a service has written so far. */
  public List<String> lines(String service) {
    return linesOf(container(service));
  }

  /** The files of which a service's database is made, in this repository. */
  public static List<String> migrations(String service) {
    Path folder =
        Cli.ROOT.resolve("sample-services/%s/src/main/resources/db/migration".formatted(service));
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String container(String service) {
    return RunningPlatform.container(NAME, service);
  }

  private static List<String> linesOf(String container) {
    StringBuilder written = new StringBuilder();
    try {
      RunningPlatform.docker()
          .logContainerCmd(container)
          .withStdOut(true)
          .withStdErr(true)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  written.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                }
              })
          .awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return written.toString().lines().toList();
  }

  private Cli.Result run(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("-C", project.root().toString(), "--name", NAME));
    return Cli.in(Cli.ROOT).run(all.toArray(String[]::new));
  }

  private static void expectGood(Cli.Result result) {
    if (result.exit() != 0) {
      throw new AssertionError("the platform of the shop failed\n" + result);
    }
  }
}
