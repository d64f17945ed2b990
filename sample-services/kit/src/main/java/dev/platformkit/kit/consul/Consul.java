package dev.platformkit.kit.consul;

import com.ecwid.consul.v1.ConsulClient;
import com.ecwid.consul.v1.ConsulRawClient;
import com.ecwid.consul.v1.QueryParams;
import com.ecwid.consul.v1.Response;
import dev.platformkit.kit.config.LiveConfig;
import dev.platformkit.kit.registry.Registry;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.client.HttpClients;

/**
 * A Consul agent. Its client library is unmaintained, so nothing outside this package sees it; and
 * it has one timeout for every call, so there is one client for short questions and one for those
 * that Consul answers only when something changes.
 */
public final class Consul {
  /** Consul adds a sixteenth to this. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** At a time: one for each service that is watched, and a few. */
  private static final int QUESTIONS = 64;

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration SHORT_ANSWER = Duration.ofSeconds(2);
  private static final Duration LONG_ANSWER = LONGEST_WAIT.plusSeconds(3);

  private final ConsulClient prompt;
  private final ConsulClient patient;

  public Consul(URI agent) {
    prompt = client(agent, SHORT_ANSWER);
    patient = client(agent, LONG_ANSWER);
  }

  public Registry registry() {
    return new ConsulRegistry(this);
  }

  /** The keys under {@code config/<service>/}. */
  public LiveConfig config(String service) {
    return ConsulConfig.follow(this, service);
  }

  /** For what Consul answers at once. */
  ConsulClient prompt() {
    return prompt;
  }

  /** Asks again and again until closed, tells every change, and tells once when it cannot ask. */
  <T> BlockingQuery<T> watch(
      String name,
      Function<QueryParams, Function<ConsulClient, Response<T>>> question,
      Consumer<T> changed,
      Consumer<Exception> failed) {
    return BlockingQuery.start(
        name, params -> question.apply(params).apply(patient), changed, failed);
  }

  private static ConsulClient client(URI agent, Duration answer) {
    RequestConfig.Builder timeouts =
        RequestConfig.custom()
            .setConnectTimeout(Math.toIntExact(CONNECT.toMillis()))
            .setSocketTimeout(Math.toIntExact(answer.toMillis()));
    return new ConsulClient(
        ConsulRawClient.Builder.builder()
            .setHost(agent.getHost())
            .setPort(agent.getPort() < 0 ? ConsulRawClient.DEFAULT_PORT : agent.getPort())
            .setHttpClient(
                HttpClients.custom()
                    .setDefaultRequestConfig(timeouts.build())
                    .setMaxConnPerRoute(QUESTIONS)
                    .setMaxConnTotal(QUESTIONS)
                    .disableAutomaticRetries()
                    .disableCookieManagement()
                    .build())
            .build());
  }
}
