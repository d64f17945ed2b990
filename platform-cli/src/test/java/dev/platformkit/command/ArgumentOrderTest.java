package dev.platformkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentOrderTest {
  @ParameterizedTest
  @CsvSource({
    "status, status",
    "status -C shop, status -C shop",
    "-C shop status, status -C shop",
    "-Cshop --name=two up data, up data -Cshop --name=two",
    "--yes engine install, engine install --yes",
    "--name two --no-color logs -f -- -odd, logs -f --name two --no-color -- -odd",
    "--help, --help",
    "--no-color --help, --no-color --help",
    "-C, -C",
    "-C shop, -C shop",
    "--versoin status, --versoin status"
  })
  void theCommandComesFirst(String given, String ordered) {
    assertThat(ArgumentOrder.commandFirst(List.of(given.split(" ", -1))))
        .containsExactly(ordered.split(" ", -1));
  }
}
