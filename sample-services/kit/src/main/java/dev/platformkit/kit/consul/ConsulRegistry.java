package dev.platformkit.kit.consul;

import com.ecwid.consul.v1.Response;
import com.ecwid.consul.v1.health.HealthServicesRequest;
import com.ecwid.consul.v1.health.model.HealthService;
import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import java.util.List;

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
