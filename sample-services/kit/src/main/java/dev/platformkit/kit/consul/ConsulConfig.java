package dev.platformkit.kit.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ecwid.consul.v1.Response;
import com.ecwid.consul.v1.kv.model.GetValue;
import dev.platformkit.kit.LiveConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's keys in Consul's key-value store, followed live. */
final class ConsulConfig implements LiveConfig {
  private static final Logger log = LoggerFactory.getLogger(ConsulConfig.class);

  private final String prefix;
  private volatile Map<String, String> current = Map.of();

  ConsulConfig(Consul consul, String service) {
    prefix = "config/" + service + "/";
    consul.<Map<String, String>>watch(
        prefix,
        params -> client -> values(client.getKVValues(prefix, params)),
        this::changed,
        cause -> {});
  }

  @Override
  public Map<String, String> current() {
    return current;
  }

  private void changed(Map<String, String> values) {
    log.info("configuration changed, keys: {}", values.keySet());
    current = values;
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
