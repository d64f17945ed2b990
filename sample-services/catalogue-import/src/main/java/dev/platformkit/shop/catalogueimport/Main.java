package dev.platformkit.shop.catalogueimport;

import dev.platformkit.kit.Service;
import java.time.Clock;

/** Has the product service take a catalogue in, tells Pushgateway how that went, and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.runOnce(
        "catalogue-import",
        service -> {
          Settings settings = Settings.of(System.getenv());
          new Import(
                  settings.catalogue(),
                  new Delivery(service.channel("product"), settings.patience()),
                  new Pushgateway(settings.pushgateway()),
                  Clock.systemUTC())
              .run();
        });
  }
}
