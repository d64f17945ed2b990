package dev.platformkit.shop.catalogueimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void whatIsNotSaidIsWhatThePlatformHas() {
    Settings settings = Settings.of(Map.of("CATALOGUE_FILE", " "));

    assertThat(settings.pushgateway()).isEqualTo(URI.create("http://pushgateway:9091"));
    assertThat(settings.patience()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.catalogue().name()).isEqualTo("catalogue.jsonl");
  }

  @Test
  void whatIsSaidCounts() {
    Settings settings =
        Settings.of(
            Map.of(
                "CATALOGUE_FILE", "/in/today.jsonl",
                "PUSHGATEWAY_URL", "https://push.example/gateway/",
                "IMPORT_PATIENCE_SECONDS", "5"));

    assertThat(settings.pushgateway()).isEqualTo(URI.create("https://push.example/gateway/"));
    assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.catalogue().name()).isEqualTo("/in/today.jsonl");
  }

  @Test
  void aVariableThatMakesNoSenseIsNamed() {
    for (String url : List.of("pushgateway:9091", "ftp://pushgateway", "http://a b", "//host")) {
      assertThatThrownBy(() -> Settings.of(Map.of("PUSHGATEWAY_URL", url)))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("PUSHGATEWAY_URL=" + url);
    }
    for (String seconds : List.of("0", "3601", "soon")) {
      assertThatThrownBy(() -> Settings.of(Map.of("IMPORT_PATIENCE_SECONDS", seconds)))
          .hasMessageContaining("IMPORT_PATIENCE_SECONDS=" + seconds);
    }
  }
}
