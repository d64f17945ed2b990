package dev.platformkit.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The way to one engine. Which engine, docker-java decides as the docker client does: {@code
 * DOCKER_HOST}, else the current context, else the default socket.
 *
 * <p>The API version is negotiated, since an older engine refuses a version newer than its own and
 * a newer one may drop old ones: we speak the newest that both know.
 */
final class EngineConnection implements AutoCloseable {
  /** The newest API that the client library models. */
  private static final RemoteApiVersion NEWEST = RemoteApiVersion.VERSION_1_44;

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(90);

  /** Where the engine is and how it is spoken to; read anew for each client made of it. */
  private final Supplier<DefaultDockerClientConfig.Builder> settings;

  private final String address;
  private final RemoteApiVersion api;
  private final DockerClient calls;
  private DockerClient streams;

  private EngineConnection(
      Supplier<DefaultDockerClientConfig.Builder> settings,
      String address,
      RemoteApiVersion api,
      DockerClient calls) {
    this.settings = settings;
    this.address = address;
    this.api = api;
    this.calls = calls;
  }

  /** Connects to the engine that the environment names, and fails when none answers. */
  static EngineConnection open() {
    return open(DefaultDockerClientConfig::createDefaultConfigBuilder, configuredAddress());
  }

  /** Connects to the engine at an address, whatever the environment says. */
  static EngineConnection open(String address) {
    return open(
        () -> DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(address),
        address);
  }

  private static EngineConnection open(
      Supplier<DefaultDockerClientConfig.Builder> settings, String address) {
    ZerodepDockerHttpClient http = http(settings.get().build(), ANSWER);
    try {
      DockerClientConfig any =
          settings.get().withApiVersion(RemoteApiVersion.UNKNOWN_VERSION).build();
      Version version = DockerClientImpl.getInstance(any, http).versionCmd().exec();
      RemoteApiVersion theirs = RemoteApiVersion.parseConfig(version.getApiVersion());
      RemoteApiVersion api = theirs.isGreater(NEWEST) ? NEWEST : theirs;
      DockerClientConfig agreed = settings.get().withApiVersion(api).build();
      return new EngineConnection(
          settings, address, api, DockerClientImpl.getInstance(agreed, http));
    } catch (RuntimeException e) {
      close(http);
      throw unanswered(address, e);
    }
  }

  /** Where the environment says that the engine is. */
  static String configuredAddress() {
    return config().getDockerHost().toString();
  }

  private static DockerClientConfig config() {
    try {
      return DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    } catch (RuntimeException e) {
      throw Problem.unable("the docker client's configuration cannot be used: " + e.getMessage())
          .detail("read from DOCKER_HOST, DOCKER_CONTEXT and ~/.docker/config.json")
          .tryCommand("docker context ls")
          .causedBy(e);
    }
  }

  String address() {
    return address;
  }

  /** The client for questions that are answered at once; an engine that hangs is not waited for. */
  DockerClient calls() {
    return calls;
  }

  /** The client for logs and events, which may be silent for as long as they like. */
  synchronized DockerClient streams() {
    if (streams == null) {
      DockerClientConfig config = settings.get().withApiVersion(api).build();
      streams = DockerClientImpl.getInstance(config, http(config, Duration.ZERO));
    }
    return streams;
  }

  /** Asks the engine something, and turns its failures into a problem in the user's words. */
  <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (DockerException e) {
      throw Problem.unable("the Docker Engine refused: " + oneLine(e.getMessage())).causedBy(e);
    } catch (Problem e) {
      throw e;
    } catch (RuntimeException e) {
      if (ioCause(e) == null) {
        throw e;
      }
      throw unanswered(address, e);
    }
  }

  @Override
  public synchronized void close() {
    close(calls);
    if (streams != null) {
      close(streams);
    }
  }

  private static void close(java.io.Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the connection to the engine", e);
    }
  }

  private static ZerodepDockerHttpClient http(DockerClientConfig config, Duration answer) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(config.getDockerHost())
        .sslConfig(config.getSSLConfig())
        .maxConnections(256)
        .connectionTimeout(CONNECT)
        .responseTimeout(answer)
        .build();
  }

  static Problem unanswered(String address, RuntimeException e) {
    Problem problem =
        Problem.unable("no Docker Engine answers at " + address).detail("why: " + why(address, e));
    if (String.valueOf(e).contains("Permission denied") || denied(e)) {
      return problem.tryCommand("sudo usermod -aG docker $USER && newgrp docker").causedBy(e);
    }
    if (!address.startsWith("unix:")) {
      return problem.tryCommand("docker context ls").causedBy(e);
    }
    return problem
        .tryCommand(
            Executables.find("dockerd").isPresent()
                ? "platform engine start"
                : "platform engine install --yes")
        .tryCommand("platform doctor")
        .causedBy(e);
  }

  private static String why(String address, RuntimeException e) {
    if (denied(e)) {
      return "permission denied; the socket is for root and the group docker";
    }
    if (address.startsWith("unix:")) {
      Path socket = Path.of(URI.create(address).getPath());
      if (!Files.exists(socket)) {
        return "there is no such socket, so no engine has been started";
      }
    }
    IOException io = ioCause(e);
    return oneLine(io == null ? e.toString() : String.valueOf(io.getMessage()));
  }

  private static boolean denied(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (String.valueOf(t.getMessage()).contains("Permission denied")) {
        return true;
      }
    }
    return false;
  }

  private static IOException ioCause(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException io) {
        return io;
      }
      if (t instanceof UncheckedIOException unchecked) {
        return unchecked.getCause();
      }
    }
    return null;
  }

  private static String oneLine(String text) {
    return String.valueOf(text).strip().replaceAll("\\s+", " ");
  }
}
