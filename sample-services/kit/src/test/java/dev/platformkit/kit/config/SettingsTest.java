package dev.platformkit.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final KnownValues written = new KnownValues(Map.of());
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Settings settings = new Settings(written, "category", metrics);
  private final Setting<Integer> pageSize = settings.whole("page-size", 20, 1, 100);

  @Test
  void whatIsNotWrittenHasItsDefaultAlsoAfterItWas() {
    assertThat(pageSize.get()).isEqualTo(20);

    written.are(Map.of("page-size", " 50\n"));
    assertThat(pageSize.get()).isEqualTo(50);

    written.are(Map.of());
    assertThat(pageSize.get()).isEqualTo(20);
  }

  @Test
  void everyKindOfBadValueIsRefusedAndTheLastGoodOneStays() {
    written.are(Map.of("page-size", "50"));

    for (String bad : List.of("fifty", "", "0", "101", "-5", "5.5", "99999999999999999999")) {
      written.are(Map.of("page-size", bad));
      assertThat(pageSize.get()).as(bad).isEqualTo(50);
    }

    assertThat(refused(metrics, "category", "page-size")).isEqualTo(7);
  }

  @Test
  void theGaugeIsUpForAsLongAsTheBadValueStands() {
    assertThat(keptLastGood()).isZero();
    written.are(Map.of("page-size", "many"));
    assertThat(keptLastGood()).isEqualTo(1);

    written.are(Map.of("page-size", "many", "other", "news"));
    assertThat(keptLastGood()).isEqualTo(1);
    assertThat(refused(metrics, "category", "page-size")).isEqualTo(1);

    written.are(Map.of("page-size", "30"));
    assertThat(keptLastGood()).isZero();
  }

  @Test
  void oneBadValueDoesNotHoldUpTheOthers() {
    Setting<Boolean> images = settings.flag("show-images", true);

    written.are(Map.of("page-size", "many", "show-images", "false"));

    assertThat(images.get()).isFalse();
  }

  @Test
  void aFlagIsTrueOrFalseAndNothingElse() {
    Setting<Boolean> images = settings.flag("show-images", true);

    written.are(Map.of("show-images", "no"));

    assertThat(images.get()).isTrue();
    assertThat(refused(metrics, "category", "show-images")).isEqualTo(1);
  }

  @Test
  void whoFollowsHearsWhatComesIntoForceAndNothingElse() {
    List<Integer> heard = new ArrayList<>();
    pageSize.follow(heard::add);

    written.are(Map.of("page-size", "many"));
    written.are(Map.of("page-size", "30"));
    written.are(Map.of("page-size", "30", "other", "news"));
    written.are(Map.of("page-size", "030"));

    assertThat(heard).containsExactly(20, 30);
  }

  private double keptLastGood() {
    return metrics.getSampleValue(
        "config_last_good",
        new String[] {"service", "key"},
        new String[] {"category", "page-size"});
  }

  static double refused(CollectorRegistry metrics, String service, String key) {
    return metrics.getSampleValue(
        "config_refused_total", new String[] {"service", "key"}, new String[] {service, key});
  }
}
