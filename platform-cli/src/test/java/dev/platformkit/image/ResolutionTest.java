package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolutionTest {
  @TempDir Path root;
  private ImageProject project;

  @BeforeEach
  void aProject() throws IOException {
    project = ImageProject.in(root);
  }

  @Test
  void anImageBuiltHereIsTaggedWithTheHashOfItsInputs() {
    assertThat(local().image("NATS_IMAGE")).matches("platform\\.local/nats:2\\.10-[0-9a-f]{12}");
  }

  @Test
  void aChangedBaseChangesWhatIsBuiltOnIt() throws IOException {
    String before = local().image("CONSUL_IMAGE");

    project.write("stacks/images/base/build", "#!/bin/sh\n# changed\n");

    assertThat(local().image("CONSUL_IMAGE")).isNotEqualTo(before);
  }

  @Test
  void aChangeElsewhereChangesNothing() throws IOException {
    String before = local().image("CONSUL_IMAGE");

    project.write("stacks/images/nats/nats.conf", "changed");

    assertThat(local().image("CONSUL_IMAGE")).isEqualTo(before);
  }

  @Test
  void aServiceChangesWithItsSourcesAndWhatItShares() throws IOException {
    String before = local().image("CART_IMAGE");

    project.write("sample-services/cart/src/test/java/CartTest.java", "class CartTest {}");
    assertThat(local().image("CART_IMAGE")).as("its tests").isEqualTo(before);
    project.write("sample-services/user/src/main/java/User.java", "class User {}");
    assertThat(local().image("CART_IMAGE")).as("another service").isEqualTo(before);

    project.write("sample-services/kit/src/main/java/Kit.java", "class Kit { int changed; }");
    assertThat(local().image("CART_IMAGE")).as("what it shares").isNotEqualTo(before);
  }

  @Test
  void withOfficialImagesOnlyOurServicesAreBuilt() {
    Resolution registry = registry();

    assertThat(registry.image("NATS_IMAGE")).isEqualTo("nats:2.10.27");
    assertThat(registry.built("NATS_IMAGE")).isEmpty();
    assertThat(registry.image("CART_IMAGE")).startsWith("platform.local/cart:0.1.0-");
    assertThat(registry.image("CART_IMAGE")).isNotEqualTo(local().image("CART_IMAGE"));
  }

  @Test
  void everyVariableOfAComposeFileHasAnImageUnderEitherSource() {
    assertThat(local().all()).containsEntry("GRAFANA_IMAGE", "grafana:12");
    assertThat(registry().all())
        .containsEntry("NATS_IMAGE", "nats:2.10.27")
        .containsKeys("CART_IMAGE", "USER_IMAGE");
  }

  @Test
  void aDockerfileSaysWhatItIsBuiltOn() {
    Resolution local = local();

    assertThat(local.bases(local.built("CONSUL_IMAGE").orElseThrow()))
        .containsExactly("GO_BUILDER_IMAGE", "BASE_IMAGE");
    assertThat(local.bases(local.built("BASE_IMAGE").orElseThrow())).isEmpty();
  }

  @Test
  void imagesBuiltOnEachOtherAreTold() throws IOException {
    project.write("stacks/images/nats/Dockerfile", "ARG CONSUL_IMAGE\nFROM ${CONSUL_IMAGE}\n");
    project.write("stacks/images/consul/Dockerfile", "ARG NATS_IMAGE\nFROM ${NATS_IMAGE}\n");

    assertThatThrownBy(() -> local().image("NATS_IMAGE"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("circle");
  }

  @Test
  void aVariableWithoutARecipeIsToldWithItsPlace() throws IOException {
    project.write(Catalogue.LOCAL_FILE, "# head\nREDIS_IMAGE=platform.local/redis:7 # not there\n");

    assertThatThrownBy(() -> local().image("REDIS_IMAGE"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("stacks/images.local.env:2");
  }

  @Test
  void aNameThatIsNearlyRightIsGuessed() {
    Problem problem =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            Problem.class, () -> new Catalogue(project.project()).named("consull"));

    assertThat(problem.details()).contains("did you mean \"consul\"?");
  }

  @Test
  void theToolsOfAProjectAreListedInTheOrderOfItsFile() {
    assertThat(new Catalogue(project.project()).built().values())
        .extracting(Component::name)
        .isEqualTo(List.of("base", "go-builder", "jre", "consul", "nats", "cart", "user"));
  }

  private Resolution local() {
    return new Resolution(new Catalogue(project.project()), ImageSource.LOCAL);
  }

  private Resolution registry() {
    return new Resolution(new Catalogue(project.project()), ImageSource.REGISTRY);
  }
}
