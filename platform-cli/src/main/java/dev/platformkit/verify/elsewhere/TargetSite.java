package dev.platformkit.verify.elsewhere;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Engine;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Redaction;
import dev.platformkit.verify.Settled;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.Course;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.platform.ElsewhereProbes;
import dev.platformkit.verify.platform.LeftOut;
import dev.platformkit.verify.run.Facts;
import dev.platformkit.verify.run.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * A platform that runs elsewhere, as a target file describes it: no engine, and its backends are
 * only read. Every server is asked once when the site is made; proofs that need one which does not
 * let us in are inconclusive at once.
 */
public final class TargetSite implements Site {
  /** Longer than to a neighbour: names, TLS and proxies stand between. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private final Order order;
  private final List<Probe> reachable;
  private final Addresses addresses;

  /**
   * Which platform, and what of it.
   *
   * @param root the project's folder
   * @param journeys those that will be gone
   * @param overrides URLs given by hand, by service
   * @param stacks the stack of each of the project's services, by service
   * @param required the stacks or backends that must not be left out
   */
  public record Order(
      Target target,
      Path root,
      List<Journey> journeys,
      Map<String, String> overrides,
      Map<String, String> stacks,
      Set<String> required) {
    public Order {
      requireNonNull(target, "target is null");
      requireNonNull(root, "root is null");
      journeys = List.copyOf(journeys);
      overrides = Map.copyOf(overrides);
      stacks = Map.copyOf(stacks);
      required = Set.copyOf(required);
    }
  }

  /** What can be required of such a platform: a stack of the project, or a backend. */
  public static List<String> requirable(List<String> stacks) {
    Set<String> names = new LinkedHashSet<>(stacks);
    names.addAll(TargetBackend.keys());
    return List.copyOf(names);
  }

  /** The platform, each of whose servers is asked once, side by side. */
  public TargetSite(Order order) {
    this.order = requireNonNull(order, "order is null");
    OkHttpClient client = HttpServer.client().newBuilder().callTimeout(CALL_TIMEOUT).build();
    Map<Endpoint, Finding> answers = ask(client);
    reachable = new ArrayList<>();
    Set<String> outOfReach = new HashSet<>();
    answers.forEach(
        (endpoint, finding) -> {
          String expected = Reachability.expected(endpoint);
          reachable.add(new Settled(Reachability.ID, endpoint.name(), expected, finding));
          if (finding.verdict() != Verdict.PASS) {
            outOfReach.add(endpoint.name());
          }
        });
    addresses = new GivenAddresses(order.target(), client, order.overrides(), outOfReach);
  }

  private Map<Endpoint, Finding> ask(OkHttpClient client) {
    Reachability reachability = new Reachability(order.target(), client);
    Map<Endpoint, CompletableFuture<Finding>> asked = new LinkedHashMap<>();
    Set<String> targets = new TreeSet<>(order.journeys().stream().map(Journey::target).toList());
    targets.removeAll(order.overrides().keySet());
    for (String service : targets) {
      Endpoint endpoint = order.target().services().get(service);
      if (endpoint != null) {
        asked.put(endpoint, aside(() -> reachability.service(endpoint)));
      }
    }
    new TreeMap<>(order.target().backends())
        .forEach(
            (backend, endpoint) ->
                asked.put(endpoint, aside(() -> reachability.backend(backend, endpoint))));
    Map<Endpoint, Finding> answers = new LinkedHashMap<>();
    asked.forEach((endpoint, answer) -> answers.put(endpoint, answer.join()));
    return answers;
  }

  /** Each call mostly waits, so each has a thread. */
  private static CompletableFuture<Finding> aside(Supplier<Finding> question) {
    return CompletableFuture.supplyAsync(
        question,
        task -> {
          Thread thread = new Thread(task, "verify-reach");
          thread.setDaemon(true);
          thread.start();
        });
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.empty();
  }

  @Override
  public List<Container> containers() {
    return List.of();
  }

  @Override
  public Addresses addresses() {
    return addresses;
  }

  @Override
  public Redaction redaction() {
    return order.target().redaction();
  }

  @Override
  public List<Probe> probes(Course course) {
    List<Probe> probes = new ArrayList<>(reachable);
    Set<String> services = services();
    List<String> registered =
        order.target().backends().containsKey(TargetBackend.CONSUL)
            ? order.target().registered().orElse(List.copyOf(services))
            : List.of();
    ElsewhereProbes.all(order.root(), services, registered, addresses).stream()
        .map(this::paced)
        .forEach(probes::add);
    probes.addAll(leftOut());
    return probes;
  }

  /** Every service that a journey speaks of. */
  private Set<String> services() {
    Set<String> services = new TreeSet<>();
    for (Journey journey : order.journeys()) {
      services.addAll(journey.services());
      journey.proof().metrics().forEach(metric -> metric.job().ifPresent(services::add));
    }
    return services;
  }

  /** What the file does not name; what is required and cannot be judged is a failure. */
  private List<Probe> leftOut() {
    List<Probe> probes = new ArrayList<>();
    Set<String> open = new TreeSet<>(order.required());
    for (TargetBackend backend : TargetBackend.values()) {
      String stack = order.stacks().getOrDefault(backend.key(), backend.key());
      boolean required =
          order.required().contains(stack) || order.required().contains(backend.key());
      open.remove(stack);
      open.remove(backend.key());
      if (!order.target().backends().containsKey(backend)) {
        String reason = order.target().file() + " does not name it";
        Set<String> stacks = required ? Set.of(stack) : Set.of();
        probes.add(new LeftOut(backend.key(), stack, reason, stacks));
      }
    }
    for (String stack : open) {
      String reason = "nothing of it is judged without its engine";
      probes.add(new LeftOut(stack, stack, reason, Set.of(stack)));
    }
    return probes;
  }

  @Override
  public Probe paced(Probe proof) {
    return new Patient(proof);
  }

  /** Nobody knows how fast pipes are elsewhere, so {@code --timeout} says how long is enough. */
  private record Patient(Probe proof) implements Probe {
    @Override
    public String id() {
      return proof.id();
    }

    @Override
    public String subject() {
      return proof.subject();
    }

    @Override
    public String expected() {
      return proof.expected();
    }

    @Override
    public Duration patience() {
      return WHOLE_RUN;
    }

    @Override
    public Finding look() {
      return proof.look();
    }

    @Override
    public Finding explain(Finding found) {
      return proof.explain(found);
    }

    @Override
    public void close() {
      proof.close();
    }
  }

  /** Commands about a platform of this machine lead nowhere. */
  @Override
  public Check told(Check check) {
    List<String> links =
        check.links().stream().filter(link -> !link.startsWith("platform ")).toList();
    return redaction()
        .of(
            new Check(
                check.id(),
                check.verdict(),
                check.subject(),
                check.expected(),
                check.observed(),
                check.details(),
                check.way(),
                links,
                check.took()));
  }

  @Override
  public Evidence.Subject subject() {
    Map<String, String> files = new TreeMap<>();
    files.put(order.target().file(), Facts.hash(Path.of(order.target().file())));
    for (Journey journey : order.journeys()) {
      Path file = order.root().resolve(journey.file());
      if (Files.isRegularFile(file)) {
        files.put(journey.file(), Facts.hash(file));
      }
    }
    return new Evidence.Subject(order.target().name(), List.of(), files);
  }
}
