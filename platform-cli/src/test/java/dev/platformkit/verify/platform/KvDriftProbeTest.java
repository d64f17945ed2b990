package dev.platformkit.verify.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kv.Desired;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Consul holds, against what a file says. */
class KvDriftProbeTest {
  private static final String BELOW = "GET /v1/kv/config/cart/";

  private final FakePlatform platform = new FakePlatform().running("consul");

  @TempDir Path root;

  private KvDriftProbe probe;

  @BeforeEach
  void aFileThatSays20() throws IOException {
    Path folder = Files.createDirectories(root.resolve("kv"));
    Files.writeString(folder.resolve("cart.yaml"), "keys:\n  page-size: 20\n");
    probe = new KvDriftProbe("cart", Desired.read(root, folder), platform.addresses());
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aKeyThatIsAsItsFileSaysIsGood() {
    platform.server.on(BELOW, "[" + entry("page-size", "20", 0) + "]");

    assertThat(probe.look()).isEqualTo(Finding.pass("1 as it says"));
  }

  @Test
  void aKeyThatNoFileNamesAndSomebodyElseWroteIsNoneOfOurs() {
    platform.server.on(
        BELOW, "[%s,%s]".formatted(entry("by-hand", "1", 0), entry("page-size", "20", 0)));

    assertThat(probe.look().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aKeyThatSomebodyChangedIsDrift() {
    platform.server.on(BELOW, "[" + entry("page-size", "5", 0) + "]");

    assertThat(drift()).isEqualTo("config/cart/page-size is \"5\"; kv/cart.yaml:2:3 says \"20\"");
  }

  @Test
  void aKeyThatSomebodyDeletedIsDrift() {
    platform.server.on(BELOW, "[]");

    assertThat(drift())
        .isEqualTo("config/cart/page-size is not there; kv/cart.yaml:2:3 says \"20\"");
  }

  @Test
  void aKeyThatAnEarlierApplyWroteAndNoFileNamesIsDrift() {
    platform.server.on(
        BELOW, "[%s,%s]".formatted(entry("old", "1", 1886088054), entry("page-size", "20", 0)));

    assertThat(drift()).isEqualTo("config/cart/old is \"1\"; no file names it any more");
  }

  private String drift() {
    Finding finding = probe.look();
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.hop()).contains("written -> loaded");
    return finding.way().hops().get(1).observed();
  }

  private static String entry(String name, String value, long flags) {
    return """
        {"Key":"config/cart/%s","Value":"%s","Flags":%d,"ModifyIndex":7}"""
        .formatted(name, Base64.getEncoder().encodeToString(value.getBytes(UTF_8)), flags);
  }
}
