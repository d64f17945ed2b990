package dev.platformkit.shop.gateway;

import dev.platformkit.kit.Service;
import dev.platformkit.kit.auth.AccessTokens;
import dev.platformkit.kit.grpc.Channels;
import dev.platformkit.kit.http.Cors;
import dev.platformkit.kit.http.HttpSettings;

/**
 * The shop over HTTP and JSON: the one way in from outside.
 *
 * <pre>
 * CORS_ORIGINS   which other origins' pages may ask: https://shop.example http://localhost:3000
 * </pre>
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run("api-gateway", Main::setUp);
  }

  private static void setUp(Service service) {
    Cors cors = Cors.written(System.getenv().getOrDefault("CORS_ORIGINS", ""));
    AccessTokens tokens = service.accessTokens();
    Gateway gateway =
        new Gateway(
            new Backends(service::channel, tokens::check, Channels.DEADLINE), service.metrics());
    Discovery discovery =
        new Discovery(
            service::bareChannel,
            Discovery.Pace.usual(),
            known -> gateway.learn(Rehearsal.asked() ? Rehearsal.known() : known));
    service.followNames(discovery::found);
    service.onStop(discovery::close);
    service.serve(gateway.routes(), HttpSettings.usual().withCors(cors));
  }
}
