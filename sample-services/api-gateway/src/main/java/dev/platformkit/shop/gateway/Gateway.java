package dev.platformkit.shop.gateway;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.platformkit.kit.http.HttpReply;
import dev.platformkit.kit.http.LiveRoutes;
import dev.platformkit.kit.http.Route;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be asked of the shop: whatever the contracts of its services say of HTTP, a document
 * that describes it, and a page to try it. Where two services want the same, the first by name has
 * it.
 */
final class Gateway {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final String SELF = "api-gateway";

  /** Each is a series of metrics: contracts that never end must not become series without end. */
  private static final int MOST_ROUTES = 500;

  private final LiveRoutes routes = new LiveRoutes();
  private final TryPage page = TryPage.load();
  private final Backends backends;
  private final Gauge served;
  private final Gauge refused;
  private Set<String> complained = Set.of();
  private Set<String> counted = Set.of();
  private String said = "";
  private volatile Supplier<String> document = () -> OpenApi.of(List.of());

  Gateway(Backends backends, CollectorRegistry metrics) {
    this.backends = backends;
    served =
        Gauge.build("gateway_routes", "Routes that are served, by the service that answers them.")
            .labelNames("service", "target")
            .register(metrics);
    refused =
        Gauge.build(
                "gateway_routes_refused",
                "Routes that a contract has and that are not served: another service has the same,"
                    + " or they cannot be served over HTTP.")
            .labelNames("service", "target")
            .register(metrics);
    routes.becomeSoFar(own(), "the routes are not known yet");
  }

  LiveRoutes routes() {
    return routes;
  }

  /** Serves from now on what these contracts say. */
  void learn(Known known) {
    Choice choice = new Choice();
    known.contracts().forEach(choice::offer);
    List<Binding> bindings = List.copyOf(choice.taken.values());
    // Only for whoever asks: while services start, routes change more often than anybody reads.
    document = Suppliers.memoize(() -> OpenApi.of(bindings));
    List<Route> all = new ArrayList<>(own());
    bindings.forEach(binding -> all.add(backends.route(binding)));
    if (known.waitingFor().isPresent()) {
      routes.becomeSoFar(
          all, known.waitingFor().get() + " has not said yet what can be asked of it");
    } else {
      routes.become(all);
    }
    choice.tell(known.contracts().keySet());
  }

  private List<Route> own() {
    return List.of(
        new Route("GET", "/", request -> page.reply()),
        new Route(
            "GET",
            "/openapi.json",
            request -> new HttpReply(200, "application/json", Map.of(), document.get())));
  }

  /** Who gets which route. */
  private final class Choice {
    private final Map<String, Binding> taken = new LinkedHashMap<>();
    private final Map<String, Integer> refusals = new LinkedHashMap<>();
    private final Set<String> complaints = new HashSet<>();

    void offer(String service, Told told) {
      try {
        for (ServiceDescriptor descriptor : told.descriptors()) {
          descriptor.getMethods().forEach(method -> offer(service, method));
        }
      } catch (IllegalArgumentException e) {
        refuse(service, "the contract of " + service + " cannot be read: " + e.getMessage());
      }
    }

    private void offer(String service, MethodDescriptor method) {
      try {
        Binding.of(service, method).forEach(this::take);
      } catch (IllegalArgumentException e) {
        refuse(service, e.getMessage());
      }
    }

    private void take(Binding binding) {
      String key = binding.key();
      if (own().stream().anyMatch(own -> key.equals(own.method() + " " + own.template()))) {
        refuse(binding.service(), key + " of " + binding.service() + " is the gateway's own");
      } else if (taken.containsKey(key)) {
        refuse(
            binding.service(),
            "%s of %s is not served: %s has it"
                .formatted(key, binding.service(), taken.get(key).service()));
      } else if (taken.size() >= MOST_ROUTES) {
        refuse(binding.service(), "more than " + MOST_ROUTES + " routes: not all are served");
      } else {
        taken.put(key, binding);
      }
    }

    private void refuse(String service, String why) {
      refusals.merge(service, 1, Integer::sum);
      complaints.add(why);
    }

    /** Each complaint is logged when it comes up, not whenever anything changes. */
    void tell(Set<String> services) {
      complaints.stream().filter(each -> !complained.contains(each)).sorted().forEach(log::warn);
      complained = Set.copyOf(complaints);
      Map<String, Long> routesOf =
          taken.values().stream()
              .collect(Collectors.groupingBy(Binding::service, Collectors.counting()));
      counted.stream()
          .filter(service -> !services.contains(service))
          .forEach(
              service -> {
                served.remove(SELF, service);
                refused.remove(SELF, service);
              });
      for (String service : services) {
        served.labels(SELF, service).set(routesOf.getOrDefault(service, 0L));
        refused.labels(SELF, service).set(refusals.getOrDefault(service, 0));
      }
      counted = Set.copyOf(services);
      String now = taken.size() + " routes of " + new TreeMap<>(routesOf);
      if (!now.equals(said)) {
        said = now;
        log.info(now);
      }
    }
  }
}
