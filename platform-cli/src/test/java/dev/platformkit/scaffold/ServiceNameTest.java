package dev.platformkit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {
  private static final String LONGEST = "a".repeat(32);

  @Test
  void aNameIsWrittenAsEachPlaceNeedsIt() {
    ServiceName name = new ServiceName("shop-stats-2");

    assertThat(name.packageName()).isEqualTo("shopstats2");
    assertThat(name.className()).isEqualTo("ShopStats2");
    assertThat(name.imageVariable()).isEqualTo("SHOP_STATS_2_IMAGE");
    assertThat(name.contractName()).isEqualTo("shop_stats_2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "greeter", "cart-api", "s3-mirror", "a-b-c-1"})
  void namesOfLettersDigitsAndSingleDashesAreGood(String good) {
    assertThat(ServiceName.wrong(good)).isEmpty();
    assertThat(ServiceName.wrong(LONGEST)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'', empty, ''",
        "Greeter, upper-case, greeter",
        "ShopStats, upper-case, shop-stats",
        "HTTPMirror, upper-case, http-mirror",
        "shop_stats, underscore, shop-stats",
        "shop.stats, other characters, shop-stats",
        "../etc, other characters, etc",
        "shop stats, other characters, shop-stats",
        "grüße, other characters, gr-e",
        "-stats, begin with a letter, stats",
        "2nd, begin with a letter, shop-2nd",
        "shop--stats, two dashes, shop-stats",
        "stats-, ends with a dash, stats",
        "new, Java reserves, new-service",
        "go-to, Java reserves, go-to-service",
        "true, Java reserves, true-service",
      })
  void whatIsNoNameIsToldWithTheReasonAndOneThatIs(String bad, String why, String meant) {
    assertThat(ServiceName.wrong(bad).orElseThrow()).contains(why);
    assertThat(ServiceName.meantBy(bad).map(ServiceName::text).orElse("")).isEqualTo(meant);
    assertThatThrownBy(() -> new ServiceName(bad)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameIsTooLongWhereItsDashboardCouldNotHaveIt() {
    assertThat(ServiceName.wrong(LONGEST + "a").orElseThrow()).contains("33").contains("32");
    assertThat(ServiceName.meantBy(LONGEST + "a").orElseThrow().text()).isEqualTo(LONGEST);
    assertThat(ServiceName.meantBy("a".repeat(31) + "-b").orElseThrow().text()).hasSize(31);
  }

  @Test
  void nothingIsMeantByWhatHasNoLetters() {
    assertThat(ServiceName.meantBy("--__--")).isEmpty();
  }
}
