package dev.platformkit.verify.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoverTest {
  private static final Map<String, Set<String>> REACH =
      Map.of(
          "long", Set.of("gateway", "cart", "product"),
          "short", Set.of("gateway", "product"),
          "other", Set.of("gateway", "user"),
          "same", Set.of("gateway", "user"),
          "none", Set.of());

  @Test
  void whoReachesMostComesFirstAndWhoAddsNothingIsNotTaken() {
    assertThat(cover(List.of("short", "other", "long", "same", "none"), "cart", "user", "product"))
        .containsExactly("long", "other");
  }

  @Test
  void whatNobodyReachesIsLeft() {
    assertThat(cover(List.of("short"), "gateway", "mars")).containsExactly("short");
    assertThat(cover(List.of(), "gateway")).isEmpty();
  }

  private static List<String> cover(List<String> all, String... wanted) {
    return Cover.of(all, REACH::get, Set.of(wanted));
  }
}
