package dev.platformkit.rule;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Subprocess;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The promtool of the image that the platform runs Prometheus from, so that rules are judged by the
 * version that will evaluate them. One container waits, and each run is an {@code exec} in it: that
 * is several times faster than a container per file. It has no network, no capability, and reads
 * only the folders that the tests need.
 */
public final class ContainerPromtool implements Promtool {
  /** Below it, the container sees the host's folders under their own paths. */
  private static final String ROOT = "/judged";

  /** How long it lives when nobody is left to remove it. */
  private static final String AT_MOST = "3600";

  private static final Pattern VERSION = Pattern.compile("promtool, version ([\\w.+-]+)");
  private static final int COMMAND_NOT_FOUND = 127;
  private static final int COMMAND_NOT_RUNNABLE = 126;

  private final String image;
  private final String container;
  private final Thread atExit;
  private final String version;

  private ContainerPromtool(String image, String container) {
    this.image = image;
    this.container = container;
    this.atExit = new Thread(this::remove, "remove promtool");
    Runtime.getRuntime().addShutdownHook(atExit);
    this.version = askVersion();
  }

  /**
   * Starts the container.
   *
   * @param image that the engine holds
   * @param files the test files that it will be asked about
   * @throws Problem exit 3 when it does not start, or has no promtool
   */
  public static ContainerPromtool start(String image, Collection<TestFile> files) {
    TreeSet<Path> folders = new TreeSet<>();
    files.forEach(file -> folders.addAll(folders(file)));
    List<String> command =
        new ArrayList<>(
            List.of("docker", "run", "--detach", "--rm", "--network", "none", "--read-only"));
    command.addAll(List.of("--tmpfs", "/tmp", "--cap-drop", "ALL"));
    command.addAll(List.of("--security-opt", "no-new-privileges", "--pids-limit", "500"));
    command.addAll(List.of("--pull", "never", "--label", "dev.platformkit.tool=promtool"));
    command.addAll(List.of("--user", owner(folders.first()), "--entrypoint", "sleep"));
    for (Path folder : folders) {
      command.add("--mount");
      command.add("type=bind,readonly,source=" + folder + ",target=" + ROOT + folder);
    }
    command.addAll(List.of(image, AT_MOST));
    Subprocess.Output started = Subprocess.of(command).run();
    if (!started.good()) {
      throw words(started.lastLines(), Problem.unable("promtool of " + image + " does not start"));
    }
    return new ContainerPromtool(image, started.out().strip());
  }

  /** The outermost of the folders that a test file and its rule files lie in. */
  private static List<Path> folders(TestFile file) {
    Path own = requireNonNull(file.path().getParent(), "a file lies in a folder");
    List<Path> folders = new ArrayList<>(List.of(own));
    for (String rules : file.ruleFiles()) {
      String named = rules.replaceFirst("[*?\\[].*$", "x");
      if (!named.startsWith("/") && named.indexOf('\0') < 0) {
        Path folder = own.resolve(named).normalize().getParent();
        if (folder != null && Files.isDirectory(folder)) {
          folders.add(folder);
        }
      }
    }
    return folders;
  }

  /** Reads what only its owner may read, without the power to read everything. */
  private static String owner(Path folder) {
    try {
      return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String version() {
    return version;
  }

  private String askVersion() {
    Answer answer = exec("--version");
    Matcher said = VERSION.matcher(String.join("\n", answer.lines()));
    if (!said.find()) {
      remove();
      throw words(answer.lines(), Problem.unable("promtool of " + image + " does not run"));
    }
    return said.group(1);
  }

  @Override
  public Answer test(Path file) {
    Answer answer = exec("test", "rules", ROOT + file);
    boolean judged = answer.exit() == 0 || answer.exit() == 1;
    if (!judged || answer.lines().stream().anyMatch(line -> line.startsWith("Error response"))) {
      throw words(
          answer.lines(),
          Problem.unable("promtool ended with exit " + answer.exit() + " on " + file));
    }
    return answer;
  }

  private Answer exec(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker", "exec", container, "promtool"));
    command.addAll(List.of(arguments));
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Consumer<String> keep = line -> lines.add(line.replace(ROOT + "/", "/"));
    int exit = Subprocess.of(command).run(keep, keep);
    if (exit == COMMAND_NOT_FOUND || exit == COMMAND_NOT_RUNNABLE) {
      throw words(lines, Problem.unable("there is no promtool in " + image));
    }
    return new Answer(exit, lines);
  }

  private static Problem words(List<String> lines, Problem problem) {
    Problem told = problem;
    for (String line : lines) {
      told = told.detail(line);
    }
    return told;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    remove();
  }

  private void remove() {
    Subprocess.of("docker", "rm", "--force", container).run();
  }
}
