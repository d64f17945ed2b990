package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.project.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTasksTest {
  @TempDir Path root;
  private Catalogue catalogue;
  private final List<String> here = new ArrayList<>();

  @BeforeEach
  void aProject() throws IOException {
    catalogue = new Catalogue(ImageProject.in(root).project());
  }

  @Test
  void whatIsThereIsNotBuiltNorWhatItIsBuiltOn() {
    here.add(resolution(ImageSource.LOCAL).image("CONSUL_IMAGE"));

    assertThat(tasks(ImageSource.LOCAL, "CONSUL_IMAGE")).isEmpty();
  }

  @Test
  void whatIsMissingIsBuiltAfterWhatItIsBuiltOn() {
    here.add(resolution(ImageSource.LOCAL).image("BASE_IMAGE"));

    assertThat(needs(tasks(ImageSource.LOCAL, "CONSUL_IMAGE")))
        .isEqualTo(Map.of("go-builder", Set.of(), "consul", Set.of("go-builder")));
  }

  @Test
  void mavenRunsOnceForAllServices() {
    here.add(resolution(ImageSource.LOCAL).image("JRE_IMAGE"));

    assertThat(needs(tasks(ImageSource.LOCAL, "CART_IMAGE", "USER_IMAGE")))
        .isEqualTo(
            Map.of(
                "sample-services", Set.of(),
                "cart", Set.of("sample-services"),
                "user", Set.of("sample-services")));
  }

  @Test
  void officialImagesArePulledAndOurServicesBuiltOnThem() {
    assertThat(needs(tasks(ImageSource.REGISTRY, "NATS_IMAGE", "CART_IMAGE")))
        .isEqualTo(
            Map.of(
                "nats", Set.of(),
                "jre", Set.of(),
                "sample-services", Set.of(),
                "cart", Set.of("jre", "sample-services")));
  }

  @Test
  void onlyImagesCountAsImages() {
    assertThat(tasks(ImageSource.REGISTRY, "CART_IMAGE"))
        .filteredOn(Task::counts)
        .extracting(Task::name)
        .containsExactlyInAnyOrder("jre", "cart");
  }

  private Resolution resolution(ImageSource source) {
    return new Resolution(catalogue, source);
  }

  private List<Task> tasks(ImageSource source, String... variables) {
    ImageWork work = new ImageWork(root, root.resolve("locks"), here::contains, Map.of());
    return new ImageTasks(resolution(source), here::contains, work).of(List.of(variables));
  }

  private static Map<String, Set<String>> needs(List<Task> tasks) {
    return tasks.stream().collect(Collectors.toMap(Task::name, task -> Set.copyOf(task.needs())));
  }
}
