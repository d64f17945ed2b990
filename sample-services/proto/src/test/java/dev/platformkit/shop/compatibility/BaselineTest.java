package dev.platformkit.shop.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
  @TempDir private Path folder;
  private Baseline baseline;
  private FileDescriptorSet contracts;

  @BeforeEach
  void accept() throws IOException {
    baseline = new Baseline(folder.resolve("contracts.txtpb"));
    contracts = Baseline.compiled(Path.of("target/contracts.binpb"));
    assertThat(baseline.accept(contracts, false)).isEmpty();
  }

  @Test
  void whatWasAcceptedIsGoodWithAllItsOptions() throws IOException {
    assertThat(contracts.getFileList())
        .extracting(file -> file.getName())
        .contains("shop/cart/v1/cart.proto", "shop/contract/v1/contract.proto");
    assertThat(baseline.judge(contracts)).isEmpty();
  }

  @Test
  void whatIsAddedHasToBeAcceptedToo() throws IOException {
    FileDescriptorSet.Builder more = contracts.toBuilder();
    more.getFileBuilder(0).addMessageTypeBuilder().setName("New");

    assertThat(baseline.judge(more.build()).orElseThrow())
        .contains("break nobody")
        .contains("-Dcontracts.accept");
    assertThat(baseline.accept(more.build(), false)).isEmpty();
    assertThat(baseline.judge(more.build())).isEmpty();
  }

  @Test
  void aContractThatWasNeverAcceptedMayStillChange() throws IOException {
    FileDescriptorSet.Builder more = contracts.toBuilder();
    more.addFileBuilder().setName("shop/stats/v1/stats.proto").setPackage("shop.stats.v1");

    assertThat(baseline.judge(more.build())).isEmpty();

    assertThat(baseline.accept(more.build(), false)).isEmpty();
    more.getFileBuilder(more.getFileCount() - 1).setPackage("shop.other.v1");
    assertThat(baseline.judge(more.build())).isPresent();
  }

  @Test
  void whatBreaksSomebodyIsAcceptedOnlyWhenThatIsMeant() throws IOException {
    FileDescriptorSet less = contracts.toBuilder().removeFile(0).build();

    assertThat(baseline.judge(less).orElseThrow()).contains("-Dcontracts.break");
    assertThat(baseline.accept(less, false).orElseThrow()).contains("was removed");
    assertThat(baseline.judge(contracts)).isEmpty();
    assertThat(baseline.accept(less, true)).isEmpty();
    assertThat(baseline.judge(less)).isEmpty();
  }

  @Test
  void aContractThatIsNotOursIsNoneOfIt() {
    assertThat(contracts.getFileList()).allMatch(file -> file.getName().startsWith("shop/"));
  }
}
