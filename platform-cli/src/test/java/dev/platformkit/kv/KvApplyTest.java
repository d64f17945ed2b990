package dev.platformkit.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.backend.ConsulKv;
import dev.platformkit.kv.Change.Kind;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KvApplyTest {
  private static final String RETRY = "platform kv diff";

  private final FakeConsul consul = new FakeConsul();

  @AfterEach
  void close() {
    consul.close();
  }

  @Test
  void whatIsMissingIsAddedAndASecondApplyHasNothingToDo() {
    Desired desired = desired("page-size: 20", "log-level: info");
    apply(desired);

    assertThat(consul.values())
        .isEqualTo(Map.of("config/category/log-level", "info", "config/category/page-size", "20"));
    assertThat(diff(desired).changes()).isEmpty();
    apply(desired);
    assertThat(consul.server().calls()).filteredOn("PUT /v1/txn"::equals).hasSize(1);
  }

  @Test
  void whatDiffersIsChangedAndWhatWasOursAndIsNoLongerNamedIsRemoved() {
    apply(desired("page-size: 20", "old: 1"));

    KvDiff diff = diff(desired("page-size: 30"));

    assertThat(diff.differs()).isTrue();
    assertThat(kinds(diff))
        .containsExactly("remove config/category/old", "change config/category/page-size");
    KvApply.apply(diff, consul.store(), RETRY);
    assertThat(consul.values()).isEqualTo(Map.of("config/category/page-size", "30"));
  }

  @Test
  void onlyWhatNobodyHasWrittenYetIsAnAddition() {
    apply(desired("page-size: 20", "old: 1"));
    consul.put("config/category/by-hand", "1");

    KvDiff diff = diff(desired("page-size: 30", "log-level: info"));
    KvApply.apply(diff.additions(), consul.store(), RETRY);

    assertThat(diff.differences()).hasSize(3);
    assertThat(consul.values())
        .containsEntry("config/category/log-level", "info")
        .containsEntry("config/category/page-size", "20")
        .hasSize(4);
  }

  @Test
  void whatSomebodyElseWroteIsNeverDeleted() {
    consul.put("config/category/by-hand", "1").put("config/cart/other", "2").put("config/top", "3");
    apply(desired("page-size: 20"));
    consul.put("config/category/page-size", "99");

    KvDiff diff = diff(new Desired(new TreeMap<>()));
    KvApply.apply(diff, consul.store(), RETRY);

    assertThat(diff.changes()).isEmpty();
    assertThat(diff.foreign())
        .containsExactly(
            "config/cart/other", "config/category/by-hand", "config/category/page-size");
    assertThat(consul.values()).hasSize(4);
  }

  @Test
  void aKeyWithItsValueThatSomebodyElseWroteIsNoDifferenceAndBecomesOurs() {
    consul.put("config/category/page-size", "20");
    Desired desired = desired("page-size: 20");

    KvDiff diff = diff(desired);
    assertThat(diff.differs()).isFalse();
    assertThat(diff.changes()).extracting(Change::kind).containsExactly(Kind.ADOPT);

    apply(desired);
    assertThat(diff(desired).changes()).isEmpty();
    assertThat(kinds(diff(new Desired(new TreeMap<>()))))
        .containsExactly("remove config/category/page-size");
  }

  @Test
  void aChangeMeanwhileMakesAllOfItFail() {
    consul.put("config/category/page-size", "10");
    KvDiff diff = diff(desired("page-size: 20", "log-level: info"));
    consul.put("config/category/page-size", "11");

    assertThatThrownBy(() -> KvApply.apply(diff, consul.store(), RETRY))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.exitCode()).isEqualTo(ExitCode.UNABLE);
              assertThat(problem)
                  .hasMessage("somebody else changed the configuration at the same time");
              assertThat(problem.details())
                  .containsExactly(
                      "config/category/page-size is not as it was when it was compared",
                      "nothing was written");
              assertThat(problem.tries()).containsExactly(RETRY);
            });
    assertThat(consul.values()).isEqualTo(Map.of("config/category/page-size", "11"));
  }

  @Test
  void aKeyThatWasAddedMeanwhileIsNotOverwritten() {
    KvDiff diff = diff(desired("page-size: 20"));
    consul.put("config/category/page-size", "11");

    assertThatThrownBy(() -> KvApply.apply(diff, consul.store(), RETRY))
        .isInstanceOf(Problem.class);
    assertThat(consul.values()).containsEntry("config/category/page-size", "11");
  }

  @Test
  void whatConsulRefusesForAnotherReasonIsToldInItsWords() {
    KvDiff diff = diff(desired("page-size: 20"));
    consul
        .server()
        .on(
            "PUT /v1/txn",
            409,
            "{\"Errors\":[{\"OpIndex\":0,\"What\":\"Permission denied: lacks key:write\"}]}");

    assertThatThrownBy(() -> KvApply.apply(diff, consul.store(), RETRY))
        .hasMessage("Consul refused the configuration")
        .satisfies(
            e ->
                assertThat(((Problem) e).details())
                    .contains("config/category/page-size: Permission denied: lacks key:write"));
  }

  @Test
  void whereNoAnswerComesItIsNotSaidThatNothingWasWritten() {
    KvDiff diff = diff(desired("page-size: 20"));
    ConsulKv store = consul.store();
    consul.close();

    assertThatThrownBy(() -> KvApply.apply(diff, store, RETRY))
        .satisfies(
            e ->
                assertThat(((Problem) e).details())
                    .containsExactly("whether all or nothing was written is not known"));
  }

  @Test
  void moreThanOneTransactionHoldsIsRefusedBeforeItIsSent() {
    String[] many = new String[65];
    for (int i = 0; i < many.length; i++) {
      many[i] = "k" + i + ": 1";
    }
    assertThatThrownBy(() -> apply(desired(many)))
        .hasMessage("too much for one transaction: 65 keys, at most 64 keys");

    String[] large = new String[7];
    for (int i = 0; i < large.length; i++) {
      large[i] = "k" + i + ": " + "x".repeat(Keys.MAX_VALUE_BYTES);
    }
    assertThatThrownBy(() -> apply(desired(large))).hasMessageContaining("at most 524288 bytes");
    assertThat(consul.values()).isEmpty();
  }

  @Test
  void onlyTheServicesAskedForAreCompared() {
    apply(desired("page-size: 20"));
    Desired nothing = new Desired(new TreeMap<>());

    assertThat(
            KvDiff.between(nothing, consul.store().entries(Keys.PREFIX), List.of("cart")).changes())
        .isEmpty();
    assertThatThrownBy(
            () ->
                KvDiff.requireKnown(
                    List.of("categry"), nothing, consul.store().entries(Keys.PREFIX)))
        .hasMessage("there is neither a file categry.yaml nor a key under config/categry/")
        .satisfies(
            e -> assertThat(((Problem) e).details()).containsExactly("did you mean \"category\"?"));
  }

  @Test
  void whatVerifyWritesIsNobodysDifference() {
    consul.put("config/category/platform-probe", "nonce");

    KvDiff diff = diff(desired("page-size: 20"));

    assertThat(diff.foreign()).isEmpty();
    assertThat(kinds(diff)).containsExactly("add config/category/page-size");
  }

  @Test
  void bytesThatAreNoTextDifferFromAnyText() {
    consul.putBytes("config/category/page-size", new byte[] {(byte) 0xff, 0});

    assertThat(kinds(diff(desired("page-size: 20"))))
        .containsExactly("change config/category/page-size");
  }

  private void apply(Desired desired) {
    KvApply.apply(diff(desired), consul.store(), RETRY);
  }

  private KvDiff diff(Desired desired) {
    return KvDiff.between(desired, consul.store().entries(Keys.PREFIX), List.of());
  }

  private static List<String> kinds(KvDiff diff) {
    return diff.changes().stream().map(c -> c.kind() + " " + c.key()).toList();
  }

  static Desired desired(String... lines) {
    String text = "keys:\n  " + String.join("\n  ", lines) + "\n";
    SourceFile source =
        SourceFile.of(Path.of("/project/kv/category.yaml"), "kv/category.yaml", text);
    KvFile file = KvFile.of(source, YamlReader.parse(text, "kv/category.yaml"));
    return new Desired(new TreeMap<>(Map.of("category", file)));
  }
}
