package dev.platformkit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The engine's daemon as far as we start it ourselves: through systemd where that is the first
 * process, else by hand in a session of its own, so that it outlives the terminal. What we started
 * by hand is written down, and only that is ever stopped by us.
 *
 * @param socket where it listens
 * @param record where we write down that we started it
 * @param log what it says when started by hand
 * @param options further options for it, from {@code PLATFORM_DOCKERD_OPTIONS}
 */
public record EngineDaemon(Path socket, Path record, Path log, List<String> options) {
  /** Options for a daemon that is started by hand, for example {@code --storage-driver=vfs}. */
  public static final String OPTIONS = "PLATFORM_DOCKERD_OPTIONS";

  private static final String USUAL_SOCKET = "/var/run/docker.sock";
  private static final Path RUN = Path.of("/var/run");
  private static final Duration TO_ANSWER = Duration.ofSeconds(60);
  private static final Duration TO_END = Duration.ofSeconds(40);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);
  private static final int LAST_LINES = 15;

  public EngineDaemon {
    requireNonNull(socket, "socket is null");
    requireNonNull(record, "record is null");
    requireNonNull(log, "log is null");
    options = List.copyOf(options);
  }

  /** The daemon behind an address; empty when the address is none of this machine. */
  public static Optional<EngineDaemon> at(String address, Map<String, String> environment) {
    if (!address.startsWith("unix:")) {
      return Optional.empty();
    }
    Path socket = Path.of(URI.create(address).getPath());
    String words = environment.getOrDefault(OPTIONS, "").strip();
    List<String> options = words.isEmpty() ? List.of() : List.of(words.split("\\s+"));
    return Optional.of(
        socket.equals(Path.of(USUAL_SOCKET))
            ? new EngineDaemon(
                socket,
                RUN.resolve("platformkit/dockerd"),
                Path.of("/var/log/platformkit/dockerd.log"),
                options)
            : new EngineDaemon(
                socket,
                socket.resolveSibling("platformkit-dockerd"),
                socket.resolveSibling("platformkit-dockerd.log"),
                options));
  }

  /**
   * Starts the daemon and waits until it answers.
   *
   * @param answers whether an engine answers now
   * @throws Problem exit 3 with the daemon's last words when it ends, or stays silent too long
   */
  public void start(Machine machine, BooleanSupplier answers) {
    if (machine.systemd() && options.isEmpty() && socket.equals(Path.of(USUAL_SOCKET))) {
      startService(answers);
    } else {
      startByHand(answers);
    }
  }

  private void startService(BooleanSupplier answers) {
    Subprocess.Output started = Subprocess.of("systemctl", "start", "docker.service").run();
    if (!started.good()) {
      throw failed(
          "systemd could not start the Docker Engine",
          Subprocess.of("journalctl", "-u", "docker.service", "-n", "15", "--no-pager")
              .run()
              .lastLines(),
          "journalctl -u docker.service -n 50");
    }
    Instant deadline = Instant.now().plus(TO_ANSWER);
    while (!answers.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw failed(
            "the Docker Engine does not answer " + TO_ANSWER.toSeconds() + " s after its start",
            List.of(),
            "systemctl status docker.service");
      }
      LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
    }
  }

  private void startByHand(BooleanSupplier answers) {
    Path dockerd =
        Executables.find("dockerd")
            .orElseThrow(
                () ->
                    Problem.unable("dockerd is not installed")
                        .tryCommand("platform engine install --yes"));
    clearAway();
    List<String> command = new ArrayList<>(List.of("setsid", dockerd.toString()));
    command.addAll(List.of("-H", "unix://" + socket));
    command.addAll(options);
    Process process;
    try {
      Files.createDirectories(log.getParent());
      Files.createDirectories(record.getParent());
      process =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Files.writeString(record, new Started(process.toHandle()).text());
    } catch (IOException e) {
      throw Problem.unable("cannot start dockerd: " + e.getMessage()).causedBy(e);
    }
    awaitAnswer(process, answers);
  }

  private void awaitAnswer(Process process, BooleanSupplier answers) {
    Instant deadline = Instant.now().plus(TO_ANSWER);
    while (!answers.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw failed(
            "dockerd (pid %d) does not answer %d s after its start"
                .formatted(process.pid(), TO_ANSWER.toSeconds()),
            lastLines(),
            "less " + log);
      }
      if (ends(process.toHandle(), BETWEEN_QUESTIONS)) {
        forget();
        throw failed(
            "dockerd ended right after its start (exit " + process.exitValue() + ")",
            lastLines(),
            "less " + log);
      }
    }
  }

  /**
   * Stops the daemon, and all containers with it, if it is one that we started by hand.
   *
   * @throws Problem exit 3 when it is not ours, or does not end
   */
  public void stop() {
    ProcessHandle daemon = ours().orElseThrow(this::notOurs);
    daemon.destroy();
    if (!ends(daemon, TO_END)) {
      throw Problem.unable(
              "dockerd (pid %d) did not end in %d s".formatted(daemon.pid(), TO_END.toSeconds()))
          .tryCommand("kill -9 " + daemon.pid());
    }
    forget();
  }

  private Problem notOurs() {
    return Problem.unable("the Docker Engine at " + socket + " was not started by platform")
        .detail("whoever started it stops it");
  }

  /** The daemon's process, if we started it by hand and it still runs. */
  public Optional<ProcessHandle> ours() {
    if (!Files.isReadable(record)) {
      return Optional.empty();
    }
    try {
      return Started.read(Files.readString(record)).process();
    } catch (IOException e) {
      throw Problem.unable("cannot read " + record + ": " + e).causedBy(e);
    }
  }

  /**
   * Removes what a daemon that was cut off left behind. After a restart of the machine its number
   * may belong to another process, which dockerd then takes for itself and refuses to start; the
   * same holds for the containerd that it starts, and for a socket on which nobody listens.
   */
  private void clearAway() {
    if (!socket.equals(Path.of(USUAL_SOCKET))) {
      return;
    }
    removeUnless("dockerd", RUN.resolve("docker.pid"));
    removeUnless("containerd", RUN.resolve("docker/containerd/containerd.pid"));
    removeIfDead(RUN.resolve("docker/containerd/containerd.sock"));
    removeIfDead(RUN.resolve("containerd/containerd.sock"));
  }

  private static void removeUnless(String program, Path pidFile) {
    if (!Files.isRegularFile(pidFile)) {
      return;
    }
    try {
      String pid = Files.readString(pidFile).strip();
      Path name = Path.of("/proc", pid.isEmpty() ? "none" : pid, "comm");
      if (!Files.isReadable(name) || !Files.readString(name).strip().equals(program)) {
        Files.deleteIfExists(pidFile);
      }
    } catch (IOException e) {
      throw Problem.unable("cannot clear away " + pidFile + ": " + e).causedBy(e);
    }
  }

  private static void removeIfDead(Path socket) {
    if (!Files.exists(socket)) {
      return;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException refused) {
      socket.toFile().delete(); // nobody listens: whoever comes next makes it anew
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(record);
    } catch (IOException e) {
      throw Problem.unable("cannot remove " + record + ": " + e).causedBy(e);
    }
  }

  private List<String> lastLines() {
    try {
      List<String> lines = Files.readAllLines(log, UTF_8);
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(" + log + " cannot be read: " + e.getMessage() + ")");
    }
  }

  private static boolean ends(ProcessHandle process, Duration within) {
    try {
      process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted while waiting for dockerd").causedBy(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a process's end cannot fail", e);
    }
  }

  private static Problem failed(String what, List<String> lastLines, String command) {
    Problem problem = Problem.unable(what);
    if (!lastLines.isEmpty()) {
      problem = problem.detail("last lines:");
    }
    for (String line : lastLines) {
      problem = problem.detail("  " + line);
    }
    return problem.tryCommand(command);
  }

  /** A process that we started: its number alone may belong to another by now. */
  private record Started(long pid, long startedMillis) {
    Started(ProcessHandle process) {
      this(process.pid(), startOf(process));
    }

    static Started read(String text) {
      String[] words = text.strip().split("\\s+", -1);
      return words.length == 2 && words[0].matches("\\d+") && words[1].matches("\\d+")
          ? new Started(Long.parseLong(words[0]), Long.parseLong(words[1]))
          : new Started(-1, -1);
    }

    String text() {
      return pid + " " + startedMillis + "\n";
    }

    Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(process -> startOf(process) == startedMillis && process.isAlive());
    }

    private static long startOf(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
  }
}
