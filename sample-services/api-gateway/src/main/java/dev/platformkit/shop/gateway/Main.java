package dev.platformkit.shop.gateway;

import dev.platformkit.kit.Service;
import dev.platformkit.kit.auth.AccessTokens;
import dev.platformkit.kit.grpc.Channels;
import java.util.Optional;

/** The shop over HTTP and JSON: the one way in from outside. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run("api-gateway", Main::setUp);
  }

  private static void setUp(Service service) {
    Backends backends = new Backends(Channels.DEADLINE);
    AccessTokens tokens = service.accessTokens();
    Discovery discovery =
        new Discovery(
            name -> Reflection.services(service.bareChannel(name)),
            (name, contract) ->
                contract.getMethods().stream()
                    .map(
                        method ->
                            Call.route(method, service.channel(name), tokens::check, backends))
                    .flatMap(Optional::stream)
                    .toList());
    service.followNames(discovery::found);
    service.onStop(discovery::close);
    service.serve(discovery::routes);
  }
}
