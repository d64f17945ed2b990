package dev.platformkit.report.kv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.backend.ConsulKv.Entry;
import dev.platformkit.kv.Desired;
import dev.platformkit.kv.KvDiff;
import dev.platformkit.kv.KvFile;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.YamlReader;
import dev.platformkit.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KvReportsTest {
  private static final String FILE = "keys:\n  a: 1\n  b: x y\n  c: same\n";

  private final PrintWriter nowhere = new PrintWriter(new StringWriter());
  private final Console console = new Console(nowhere, nowhere, false, false, false, true, 80);
  private final KvDiff diff =
      KvDiff.between(
          desired(),
          List.of(
              entry("b", "old\n\u001b[2J", 0),
              entry("c", "same", 0),
              entry("gone", "1", KvDiff.OWNED),
              entry("hand", "1", 0)),
          List.of());

  @Test
  void aPersonSeesEachKeyWithWhatWouldBecomeOfIt() {
    assertThat(new KvDiffText(console, "demo").of(diff, false))
        .isEqualTo(
            """
            + config/category/a  1  kv/category.yaml:2:3
            ~ config/category/b  old\\n\\u001b[2J → "x y"  kv/category.yaml:3:3, last written by somebody else
            = config/category/c  same  not ours yet
            - config/category/gone  1  no file names it any more
            · config/category/hand  not ours, left alone
            ✗ 3 changes to demo's Consul
            """);
    assertThat(new KvDiffText(console, "demo").of(diff, true))
        .endsWith("✓ 4 changes written to demo's Consul\n");
    assertThat(new KvDiffText(console, "demo").of(new KvDiff(List.of(), List.of(), 3), false))
        .isEqualTo("✓ demo's Consul holds what the files say: 3 keys\n");
  }

  @Test
  void aProgramReadsTheSame() throws Exception {
    var json = new ObjectMapper().readTree(KvJson.of(diff, "demo", false));

    assertThat(json.path("schema").asText()).isEqualTo("platform.kv/1");
    assertThat(json.path("differs").asBoolean()).isTrue();
    assertThat(json.path("changes").findValuesAsText("change"))
        .containsExactly("add", "change", "adopt", "remove");
    assertThat(json.path("changes").get(1).path("before").asText()).isEqualTo("old\n\u001b[2J");
    assertThat(json.path("changes").get(0).path("before").isNull()).isTrue();
    assertThat(json.path("changes").get(0).path("at").asText()).isEqualTo("kv/category.yaml:2:3");
    assertThat(json.path("foreign").get(0).asText()).isEqualTo("config/category/hand");
  }

  private static Entry entry(String name, String value, long flags) {
    return new Entry("config/category/" + name, Optional.of(value), flags, 7);
  }

  private static Desired desired() {
    SourceFile source =
        SourceFile.of(Path.of("/project/kv/category.yaml"), "kv/category.yaml", FILE);
    KvFile file = KvFile.of(source, YamlReader.parse(FILE, "kv/category.yaml"));
    return new Desired(new TreeMap<>(Map.of("category", file)));
  }
}
