package dev.platformkit.shop.category;

import dev.platformkit.kit.Service;

/** The tree in which products are shelved. Needs a database of its own. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "category",
        service ->
            service.serve(
                new Categories(
                    new CategoryStore(service.database()),
                    service.settings().whole("page-size", 20, 1, 100),
                    service.settings().flag("tree-enabled", true))));
  }
}
