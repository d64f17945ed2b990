package dev.platformkit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakenNamesTest {
  private final TakenNames ofThisRepository = TakenNames.in(Project.find(Path.of("..")));

  @ParameterizedTest
  @CsvSource({
    "cart, Compose service cart",
    "prometheus, Compose service prometheus",
    "probe-api-gateway, scrape job probe-api-gateway",
    "kit, Maven module kit",
    "platform-cli, Maven module platform-cli",
    "sample-services, Maven artifact sample-services",
    "contract, contracts' package",
    "python, PYTHON_IMAGE",
    "service, recipe of an image",
    "google, the package of what every contract imports",
    "target, the folder that Maven builds into",
  })
  void whateverHasANameKeepsOthersFromIt(String name, String use) {
    assertThat(ofThisRepository.of(new ServiceName(name))).anyMatch(told -> told.startsWith(use));
  }

  @Test
  void namesThatDifferInDashesOnlyAreOne() {
    assertThat(ofThisRepository.of(new ServiceName("cartapi")))
        .isEqualTo(ofThisRepository.of(new ServiceName("cart-api")))
        .isNotEmpty();
  }

  @Test
  void aNameThatNobodyHasIsFree() {
    assertThat(ofThisRepository.of(new ServiceName("car"))).isEmpty();
  }

  @Test
  void aFolderInWhichNothingIsLeftHasNoName(@TempDir Path folder) throws Exception {
    ShopCopy shop = new ShopCopy(folder);
    Files.createDirectories(folder.resolve(ShopFiles.CONTRACTS).resolve("audit/v1"));

    assertThat(TakenNames.in(shop.project()).of(new ServiceName("audit"))).isEmpty();
  }
}
