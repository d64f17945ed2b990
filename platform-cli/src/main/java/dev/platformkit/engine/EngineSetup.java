package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Machine.Tool;
import dev.platformkit.problem.Problem;
import dev.platformkit.terminal.Console;
import dev.platformkit.terminal.Phases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees to it that an engine answers and that Compose and buildx are there: on Debian and Ubuntu, as
 * root and with consent, it installs what is missing from the distribution's signed sources and
 * starts the daemon. An engine that already answers is never touched.
 */
public final class EngineSetup {
  private static final Path ETC_APT = Path.of("/etc/apt");

  private final Consent consent;
  private final Phases phases;

  public EngineSetup(Consent consent, Console console) {
    this.consent = requireNonNull(consent, "consent is null");
    this.phases = new Phases(console);
  }

  /**
   * The engine, once it answers and everything it is used with is there.
   *
   * @throws Problem exit 3 with the commands to type when something is missing that we may not
   *     install or start
   */
  public EngineControl ensureRunning() {
    Machine machine = Machine.read();
    Optional<EngineControl> running = running(machine);
    Set<Tool> missing = missing(machine, running.isPresent());
    if (!missing.isEmpty()) {
      install(machine, missing, running.isPresent());
      machine = Machine.read();
      running = running(machine); // installing it may have started it
    }
    if (running.isPresent()) {
      return running.get();
    }
    if (missing.isEmpty()) {
      agree(
          machine, "The Docker Engine does not run. Start it now?", "platform engine start --yes");
    }
    return start(machine);
  }

  /**
   * Sees to it that base images can be made here, which only local builds need.
   *
   * @throws Problem exit 3 when that is not so, and we may not install what is missing
   */
  public void ensureBuildTools() {
    Machine machine = Machine.read();
    if (!machine.has(Tool.DEBOOTSTRAP)) {
      install(machine, EnumSet.of(Tool.DEBOOTSTRAP), true);
    }
  }

  /** Starts the daemon unless an engine answers already; being asked to is the consent. */
  public EngineControl start() {
    Machine machine = Machine.read();
    Optional<EngineControl> running = running(machine);
    if (running.isPresent()) {
      return running.get();
    }
    if (!machine.has(Tool.DOCKERD)) {
      throw Problem.unable("there is no Docker Engine to start")
          .tryCommand("platform engine install --yes");
    }
    requireRoot(machine, "platform engine start");
    return start(machine);
  }

  private EngineControl start(Machine machine) {
    String address = DockerEngine.configuredAddress();
    EngineDaemon daemon =
        EngineDaemon.at(address, System.getenv())
            .orElseThrow(() -> new IllegalStateException("not of this machine: " + address));
    phases.run("start the Docker Engine", () -> daemon.start(machine, EngineSetup::answers));
    return DockerEngine.connect();
  }

  /** The engine if it answers; a problem when it does not and we could not start one there. */
  private static Optional<EngineControl> running(Machine machine) {
    String address = DockerEngine.configuredAddress();
    try {
      return Optional.of(DockerEngine.connect());
    } catch (Problem unanswered) {
      if (EngineDaemon.at(address, System.getenv()).isEmpty()
          || (!machine.root() && machine.has(Tool.DOCKERD))) {
        throw unanswered;
      }
      return Optional.empty();
    }
  }

  private static boolean answers() {
    try {
      DockerEngine.connect().close();
      return true;
    } catch (Problem notYet) {
      return false;
    }
  }

  /** What has to be installed: where an engine answers, only what we use it with. */
  static Set<Tool> missing(Machine machine, boolean engineAnswers) {
    Set<Tool> needed =
        engineAnswers
            ? EnumSet.of(Tool.CLIENT, Tool.COMPOSE, Tool.BUILDX)
            : EnumSet.of(Tool.DOCKERD, Tool.CLIENT, Tool.COMPOSE, Tool.BUILDX, Tool.IPTABLES);
    needed.removeAll(machine.tools());
    if (!needed.isEmpty() && !machine.has(Tool.DEBOOTSTRAP)) {
      needed.add(Tool.DEBOOTSTRAP);
    }
    return needed;
  }

  private void install(Machine machine, Set<Tool> missing, boolean engineAnswers) {
    String names = missing.stream().map(Tool::toString).collect(Collectors.joining(", "));
    if (!machine.debianFamily()) {
      throw Problem.unable("missing on this machine: " + names)
          .detail("it is neither Debian nor Ubuntu, so install them as its distribution does it")
          .tryCommand("platform doctor");
    }
    agree(
        machine,
        "Missing on this machine: %s. Install %s with apt%s now?"
            .formatted(
                names,
                missing.size() == 1 ? "it" : "them",
                engineAnswers ? "" : " and start the Docker Engine"),
        "platform engine install --yes");
    Apt apt = new Apt(ETC_APT);
    phases.run("fetch apt's package lists", () -> apt.update());
    InstallPlan plan = InstallPlan.of(missing, apt.versions(InstallPlan.asked()));
    if (!plan.packages().isEmpty()) {
      phases.run(
          "install " + String.join(" ", plan.packages()), () -> apt.install(plan.packages()));
    }
    List<String> borrowed = stillMissing(plan.borrowed());
    if (!borrowed.isEmpty()) {
      borrow(machine, apt, borrowed);
    }
    Set<Tool> left = EnumSet.copyOf(missing);
    left.removeAll(Machine.read().tools());
    if (!left.isEmpty()) {
      throw Problem.unable("installed, and still missing: " + left);
    }
  }

  /** An installed package may have brought a plugin that we thought had to be borrowed. */
  private static List<String> stillMissing(List<String> borrowed) {
    List<String> missing = new ArrayList<>();
    for (String name : borrowed) {
      if (DockerClientTools.plugin(name.replaceFirst("^docker-", "")).isEmpty()) {
        missing.add(name);
      }
    }
    return missing;
  }

  private void borrow(Machine machine, Apt apt, List<String> packages) {
    if (!machine.distribution().equals("debian")) {
      throw Problem.unable(
              "this release of %s has no package of %s"
                  .formatted(machine.distribution(), String.join(" and ", packages)))
          .detail("put the plugins into " + DockerClientTools.LOCAL_PLUGINS);
    }
    phases.run(
        "fetch %s of Debian %s".formatted(String.join(" ", packages), InstallPlan.LENDER),
        () ->
            apt.borrowPlugins(
                machine.codename(), InstallPlan.LENDER, packages, DockerClientTools.LOCAL_PLUGINS));
  }

  private void agree(Machine machine, String question, String command) {
    requireRoot(machine, command);
    if (!consent.to(question)) {
      throw Problem.unable(question.replaceFirst("\\. (Install|Start).*", ""))
          .detail(
              "nothing is installed or started without consent: --yes, or "
                  + Consent.VARIABLE
                  + "=engine")
          .tryCommand(command);
    }
  }

  private static void requireRoot(Machine machine, String command) {
    if (!machine.root()) {
      throw Problem.unable("installing and starting the Docker Engine needs root's rights")
          .tryCommand("sudo " + command);
    }
  }
}
