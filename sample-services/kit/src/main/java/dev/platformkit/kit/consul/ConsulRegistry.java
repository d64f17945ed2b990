package dev.platformkit.kit.consul;

import com.ecwid.consul.v1.Response;
import com.ecwid.consul.v1.catalog.CatalogServicesRequest;
import com.ecwid.consul.v1.health.HealthServicesRequest;
import com.ecwid.consul.v1.health.model.HealthService;
import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The registry that Consul's catalogue is. */
final class ConsulRegistry implements Registry {
  private final Consul consul;

  ConsulRegistry(Consul consul) {
    this.consul = consul;
  }

  @Override
  public Registration register(Instance instance) {
    return ConsulRegistration.start(consul, instance);
  }

  @Override
  public Watch watch(String service, Listener listener) {
    BlockingQuery<List<Endpoint>> query =
        consul.watch(
            service,
            params ->
                client ->
                    endpoints(
                        client.getHealthServices(
                            service,
                            HealthServicesRequest.newBuilder()
                                .setPassing(true)
                                .setQueryParams(params)
                                .build())),
            listener::healthy,
            listener::unknown);
    return query::close;
  }

  @Override
  public Watch watchNames(Consumer<Set<String>> names) {
    BlockingQuery<Set<String>> query =
        consul.watch(
            "names",
            params ->
                client ->
                    names(
                        client.getCatalogServices(
                            CatalogServicesRequest.newBuilder().setQueryParams(params).build())),
            names,
            unknown -> {});
    return query::close;
  }

  private static Response<Set<String>> names(Response<Map<String, List<String>>> answer) {
    Set<String> names =
        answer.getValue().entrySet().stream()
            .filter(service -> service.getValue().contains(ConsulRegistration.GRPC))
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    return new Response<>(
        names,
        answer.getConsulIndex(),
        answer.isConsulKnownLeader(),
        answer.getConsulLastContact());
  }

  private static Response<List<Endpoint>> endpoints(Response<List<HealthService>> answer) {
    List<Endpoint> endpoints =
        answer.getValue().stream().map(ConsulRegistry::endpoint).sorted().distinct().toList();
    return new Response<>(
        endpoints,
        answer.getConsulIndex(),
        answer.isConsulKnownLeader(),
        answer.getConsulLastContact());
  }

  private static Endpoint endpoint(HealthService healthy) {
    String own = healthy.getService().getAddress();
    return new Endpoint(
        own == null || own.isEmpty() ? healthy.getNode().getAddress() : own,
        healthy.getService().getPort());
  }
}
