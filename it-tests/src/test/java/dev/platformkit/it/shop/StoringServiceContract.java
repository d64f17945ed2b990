package dev.platformkit.it.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.it.ShopPlatform;
import org.junit.jupiter.api.Test;

/** What every service keeps to that has a database of its own. */
abstract class StoringServiceContract extends ServiceContract {
  @Test
  void hasBroughtItsDatabaseUpToDate(Shop shop) {
    assertThat(
            shop.rows()
                .texts(
                    service(),
                    "SELECT script FROM flyway_schema_history WHERE success ORDER BY script"))
        .containsExactlyElementsOf(ShopPlatform.migrations(service()));
  }
}
