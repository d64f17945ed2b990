package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.ConsulKv;
import dev.platformkit.backend.ConsulKv.Entry;
import dev.platformkit.backend.ConsulKv.Operation;
import dev.platformkit.backend.ConsulKv.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that hold while a journey is gone: written all at once, and put back to what they were.
 * What somebody else writes meanwhile is left as it is.
 */
final class TakenSettings implements AutoCloseable {
  private final ConsulKv kv;
  private final List<Entry> before;
  private final Map<String, String> wanted;
  private final Thread onEnd;

  private TakenSettings(ConsulKv kv, List<Entry> before, Map<String, String> wanted) {
    this.kv = kv;
    this.before = List.copyOf(before);
    this.wanted = Map.copyOf(wanted);
    onEnd = new Thread(this::putBack, "settings");
    Runtime.getRuntime().addShutdownHook(onEnd);
  }

  /** Why settings were not written. */
  static final class NotTakenException extends Exception {
    NotTakenException(String why) {
      super(why);
    }
  }

  /**
   * Writes settings.
   *
   * @throws NotTakenException when one has that value already, which would prove nothing, or was
   *     changed by somebody else at this moment
   */
  static TakenSettings write(ConsulKv kv, Map<String, String> wanted) throws NotTakenException {
    requireNonNull(kv, "kv is null");
    List<Entry> before = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, String> setting : wanted.entrySet()) {
      String key = setting.getKey();
      Optional<Entry> entry = entry(kv, key);
      if (entry.flatMap(Entry::value).equals(Optional.of(setting.getValue()))) {
        throw new NotTakenException(
            "%s is %s already, so nobody could tell that it is followed; see: platform kv diff"
                .formatted(key, setting.getValue()));
      }
      entry.ifPresent(before::add);
      operations.add(
          new Operation.Set(
              key,
              setting.getValue(),
              entry.map(Entry::flags).orElse(0L),
              entry.map(Entry::index).orElse(0L)));
    }
    TakenSettings taken = new TakenSettings(kv, before, wanted);
    List<Refusal> refusals = kv.transact(operations);
    if (!refusals.isEmpty()) {
      taken.forget();
      Refusal first = refusals.get(0);
      throw new NotTakenException("Consul did not take %s: %s".formatted(first.key(), first.why()));
    }
    return taken;
  }

  /**
   * Puts back what was there.
   *
   * @throws BackendException when Consul does not answer
   */
  @Override
  public void close() {
    forget();
    putBack();
  }

  private void putBack() {
    for (String key : wanted.keySet()) {
      Optional<Entry> now = entry(kv, key);
      if (!now.flatMap(Entry::value).equals(Optional.of(wanted.get(key)))) {
        continue; // somebody else's by now, or never written
      }
      long index = now.orElseThrow().index();
      Optional<Entry> was = before.stream().filter(e -> e.key().equals(key)).findFirst();
      kv.transact(
          List.of(
              was.<Operation>map(
                      e -> new Operation.Set(key, e.value().orElse(""), e.flags(), index))
                  .orElseGet(() -> new Operation.Delete(key, index))));
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(onEnd);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs: that is what it is for.
    }
  }

  private static Optional<Entry> entry(ConsulKv kv, String key) {
    return kv.entries(key).stream().filter(entry -> entry.key().equals(key)).findFirst();
  }
}
