package dev.platformkit.shop.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contracts of this tree and those that are released. */
class ContractsAreCompatibleTest {
  private final Baseline baseline = new Baseline(Path.of("src/test/resources/contracts.txtpb"));

  @Test
  void whoWasBuiltWithReleasedContractsGetsAlongWithTheseOnes() throws IOException {
    FileDescriptorSet contracts = Baseline.compiled(Path.of("target/contracts.binpb"));

    assertThat(
            asked("contracts.accept")
                ? baseline.accept(contracts, asked("contracts.break"))
                : baseline.judge(contracts))
        .isEmpty();
  }

  private static boolean asked(String property) {
    return System.getProperty(property) != null;
  }
}
