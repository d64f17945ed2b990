package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.StateFolder;
import dev.platformkit.source.EnvFile;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.PublishedPort;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import dev.platformkit.stack.Variables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** The fixed ports of a platform: whether they are free, who holds them if not, and free ones. */
public final class Ports {
  /** Where free ports are looked for: below those that the kernel gives to outgoing connections. */
  private static final int FIRST = 20_000;

  private static final int COUNT = 12_000;

  private final Assembly assembly;
  private final Set<Integer> own = new HashSet<>();
  private final IntPredicate free;

  /**
   * @param containers the platform's own, whose ports are no obstacle
   */
  public Ports(Assembly assembly, List<Container> containers) {
    this(assembly, containers, Ports::isFree);
  }

  Ports(Assembly assembly, List<Container> containers, IntPredicate free) {
    this.assembly = assembly;
    this.free = free;
    containers.stream()
        .filter(c -> c.state() == State.RUNNING || c.state() == State.PAUSED)
        .forEach(c -> own.addAll(c.ports().values()));
  }

  /**
   * Chooses a free port for every variable that decides one, and remembers it in the platform's
   * {@code ports.env}. What was chosen before stays, as long as it is free or held by the platform.
   *
   * @param environment the process environment, which wins over whatever is chosen here
   */
  public void choose(Map<String, String> environment) {
    Path file = assembly.platform().state().resolve("ports.env");
    Map<String, String> chosen = new TreeMap<>(EnvFile.read(file, "ports.env").values());
    Variables variables = assembly.variables(environment);
    Set<Integer> taken = new HashSet<>();
    for (PublishedPort port : ports(variables)) {
      if (port.variable().isEmpty() || variables.fromEnvironment(port.variable().get())) {
        continue;
      }
      String before = chosen.get(port.variable().get());
      if (before == null || !usable(Integer.parseInt(before), taken)) {
        chosen.put(port.variable().get(), Integer.toString(next(taken)));
      }
      taken.add(Integer.parseInt(chosen.get(port.variable().get())));
    }
    StringBuilder text = new StringBuilder("# Chosen by platform up --ports auto\n");
    chosen.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    StateFolder.write(file, text.toString());
  }

  private boolean usable(int port, Set<Integer> taken) {
    return !taken.contains(port) && (own.contains(port) || free.test(port));
  }

  private int next(Set<Integer> taken) {
    int start = Math.floorMod(assembly.platform().toString().hashCode(), COUNT);
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + (start + i) % COUNT;
      if (usable(port, taken)) {
        return port;
      }
    }
    throw Problem.unable("no port is free between " + FIRST + " and " + (FIRST + COUNT));
  }

  /**
   * Sees that every fixed port is free or the platform's own.
   *
   * @param publishers finds the container that publishes a port
   * @throws Problem exit 3 naming who holds a port, and who wants it
   */
  public void requireFree(Variables variables, Publishers publishers) {
    requireFree(variables, publishers, new PortHolders());
  }

  void requireFree(Variables variables, Publishers publishers, PortHolders holders) {
    List<Problem> taken = new ArrayList<>();
    for (PublishedPort port : ports(variables)) {
      if (!own.contains(port.host()) && !free.test(port.host())) {
        taken.add(taken(port, variables, publishers, holders));
      }
    }
    if (!taken.isEmpty()) {
      Problem first = taken.get(0);
      for (Problem other : taken.subList(1, taken.size())) {
        first = first.detail("and " + other.getMessage());
        for (String detail : other.details()) {
          first = first.detail("  " + detail);
        }
      }
      throw first.detail("nothing was started");
    }
  }

  /** Finds the container that publishes a port, whosever it is. */
  public interface Publishers {
    Optional<String> of(int port);
  }

  private Problem taken(
      PublishedPort port, Variables variables, Publishers publishers, PortHolders holders) {
    String holder =
        publishers
            .of(port.host())
            .map(container -> "container " + container)
            .or(() -> holders.of(port.host()).map(PortHolders.Holder::toString))
            .orElse("a process that only root may see");
    String service = assembly.stackOf(port.service()).name() + "/" + port.service();
    String place = port.variable().map(variables::whereSet).orElse(port.position().toString());
    Problem problem =
        Problem.unable(
                "port %d on %s is taken by %s".formatted(port.host(), port.address(), holder))
            .detail("wanted by: " + service + "  (" + place + ")")
            .tryCommand(assembly.platform().command("up --ports auto"));
    return port.variable()
        .map(
            v ->
                problem.tryCommand(
                    v + "=" + (port.host() + 1) + " " + assembly.platform().command("up")))
        .orElse(problem);
  }

  private List<PublishedPort> ports(Variables variables) {
    List<PublishedPort> ports = new ArrayList<>();
    for (Stack stack : assembly.stacks()) {
      for (Service service : assembly.services(stack)) {
        ports.addAll(PublishedPort.of(service, variables));
      }
    }
    return ports;
  }

  /** Asks by listening: only that tells what a listener will meet. */
  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
