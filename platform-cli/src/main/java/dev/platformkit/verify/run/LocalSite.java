package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.Engine;
import dev.platformkit.lifecycle.LoadedContent;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.stack.Stack;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.PublishedAddresses;
import dev.platformkit.verify.Redaction;
import dev.platformkit.verify.flow.Course;
import dev.platformkit.verify.platform.PlatformProbes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A platform that an engine of ours runs. */
public final class LocalSite implements Site {
  private final Engine engine;
  private final Order order;
  private final List<Container> containers;
  private final Addresses addresses;
  private final Redaction redaction;

  /**
   * Which platform, and what of it.
   *
   * @param content what was remembered of who has read which file
   * @param chosen the stacks that the platform was brought up with
   * @param notChosen the names of the project's other stacks
   * @param required the stacks that must not be left out
   * @param targets URLs given by hand, by service
   */
  public record Order(
      Platform platform,
      LoadedContent content,
      List<Stack> chosen,
      List<String> notChosen,
      Set<String> required,
      Map<String, String> targets) {
    public Order {
      requireNonNull(platform, "platform is null");
      requireNonNull(content, "content is null");
      chosen = List.copyOf(chosen);
      notChosen = List.copyOf(notChosen);
      required = Set.copyOf(required);
      targets = Map.copyOf(targets);
    }
  }

  /**
   * The platform as it runs now.
   *
   * @throws Problem exit 3 when it does not run at all
   */
  public LocalSite(Engine engine, Order order) {
    this.engine = requireNonNull(engine, "engine is null");
    this.order = requireNonNull(order, "order is null");
    containers = engine.containers(order.platform().name());
    if (containers.stream()
        .noneMatch(c -> c.state() == State.RUNNING || c.state() == State.PAUSED)) {
      throw Problem.unable("the platform " + order.platform().name() + " does not run")
          .tryCommand("platform up");
    }
    addresses =
        new PublishedAddresses(HttpServer.client(), containers, order.chosen(), order.targets());
    redaction = Facts.secrets(order.platform());
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.of(engine);
  }

  @Override
  public List<Container> containers() {
    return containers;
  }

  @Override
  public Addresses addresses() {
    return addresses;
  }

  @Override
  public Redaction redaction() {
    return redaction;
  }

  @Override
  public List<Probe> probes(Course course) {
    return PlatformProbes.all(
        order.platform().root(),
        order.chosen(),
        order.notChosen(),
        order.required(),
        order.content(),
        engine,
        containers,
        addresses,
        course);
  }

  @Override
  public Evidence.Subject subject() {
    return Facts.of(order.platform(), containers);
  }
}
