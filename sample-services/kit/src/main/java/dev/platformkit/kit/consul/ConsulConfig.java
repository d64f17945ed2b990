package dev.platformkit.kit.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ecwid.consul.v1.Response;
import com.ecwid.consul.v1.kv.model.GetValue;
import dev.platformkit.kit.config.KnownValues;
import dev.platformkit.kit.config.LiveConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's keys in Consul's key-value store, followed live. */
final class ConsulConfig {
  private static final Logger log = LoggerFactory.getLogger(ConsulConfig.class);

  private final String prefix;

  private ConsulConfig(String service) {
    prefix = "config/" + service + "/";
  }

  static LiveConfig follow(Consul consul, String service) {
    ConsulConfig config = new ConsulConfig(service);
    AtomicReference<BlockingQuery<?>> query = new AtomicReference<>();
    KnownValues known = new KnownValues(Map.of(), () -> query.get().close());
    query.set(
        consul.<Map<String, String>>watch(
            config.prefix,
            params -> client -> config.values(client.getKVValues(config.prefix, params)),
            values -> {
              log.info("configuration changed, keys: {}", values.keySet());
              known.are(values);
            },
            cause -> {}));
    return known;
  }

  private Response<Map<String, String>> values(Response<List<GetValue>> answer) {
    Map<String, String> values = new TreeMap<>();
    if (answer.getValue() != null) {
      for (GetValue value : answer.getValue()) {
        String key = value.getKey().substring(prefix.length());
        if (!key.isEmpty()) {
          String text = value.getDecodedValue(UTF_8);
          values.put(key, text == null ? "" : text);
        }
      }
    }
    return new Response<>(
        Map.copyOf(values),
        answer.getConsulIndex(),
        answer.isConsulKnownLeader(),
        answer.getConsulLastContact());
  }
}
