package dev.platformkit.kit.config;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every source of configuration keeps to, whichever is chosen. */
public abstract class ConfigContract {
  /** Writes this, and nothing else, where the service {@code cart} has its configuration. */
  protected abstract void write(Map<String, String> values) throws IOException;

  /** From now on nobody can be asked. */
  protected abstract void loseSource() throws IOException;

  /** Whether the loss has been noticed. */
  protected abstract boolean lossNoticed();

  /** The configuration of {@code cart}. */
  protected abstract LiveConfig open();

  @Test
  void whatIsWrittenIsRead() throws IOException {
    write(Map.of("page-size", "10", "greeting", "grüß = dich"));
    try (LiveConfig config = open()) {
      await().until(() -> config.current().size() == 2);

      assertThat(config.current())
          .containsEntry("page-size", "10")
          .containsEntry("greeting", "grüß = dich");
    }
  }

  @Test
  void aChangeIsFollowedAlsoAKeyThatGoes() throws IOException {
    write(Map.of("page-size", "10", "gone", "soon"));
    List<Map<String, String>> heard = new CopyOnWriteArrayList<>();
    try (LiveConfig config = open()) {
      await().until(() -> config.current().size() == 2);
      config.follow(heard::add);
      assertThat(heard).containsExactly(config.current());

      write(Map.of("page-size", "20"));

      await().until(() -> heard.size() == 2);
      assertThat(heard.get(1)).containsExactly(Map.entry("page-size", "20"));
    }
  }

  @Test
  void whatWasKnownLastStaysWhileNobodyCanBeAsked() throws IOException {
    write(Map.of("page-size", "10"));
    try (LiveConfig config = open()) {
      await().until(() -> config.current().size() == 1);

      loseSource();

      await().until(this::lossNoticed);
      assertThat(config.current()).containsEntry("page-size", "10");
    }
  }

  @Test
  void whatIsWrittenLaterIsFollowedToo() throws IOException {
    try (LiveConfig config = open()) {
      assertThat(config.current()).isEmpty();

      write(Map.of("page-size", "10"));

      await().until(() -> "10".equals(config.current().get("page-size")));
    }
  }

  @Test
  void aBadValueIsRefusedAndAGoodOneTakesItsPlace() throws IOException {
    write(Map.of("page-size", "10"));
    CollectorRegistry metrics = new CollectorRegistry();
    try (LiveConfig config = open()) {
      Setting<Integer> pageSize =
          new Settings(config, "cart", metrics).whole("page-size", 5, 1, 50);
      await().until(() -> pageSize.get() == 10);

      write(Map.of("page-size", "many"));
      await().until(() -> SettingsTest.refused(metrics, "cart", "page-size") == 1);
      assertThat(pageSize.get()).isEqualTo(10);

      write(Map.of("page-size", "30"));
      await().until(() -> pageSize.get() == 30);
    }
  }
}
