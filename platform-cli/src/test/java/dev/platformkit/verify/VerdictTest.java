package dev.platformkit.verify;

import static dev.platformkit.verify.Verdict.FAIL;
import static dev.platformkit.verify.Verdict.INCONCLUSIVE;
import static dev.platformkit.verify.Verdict.PARTIAL;
import static dev.platformkit.verify.Verdict.PASS;
import static dev.platformkit.verify.Verdict.SKIP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void oneFailureFailsTheWhole() {
    assertThat(Verdict.of(List.of(PASS, INCONCLUSIVE, FAIL, SKIP))).isEqualTo(FAIL);
  }

  @Test
  void whatCannotBeKnownIsNeverGreen() {
    assertThat(Verdict.of(List.of(PASS, INCONCLUSIVE, SKIP))).isEqualTo(INCONCLUSIVE);
  }

  @Test
  void whatIsLeftOutMakesTheWholePartial() {
    assertThat(Verdict.of(List.of(PASS, SKIP))).isEqualTo(PARTIAL);
    assertThat(Verdict.of(List.of(PARTIAL, PASS))).isEqualTo(PARTIAL);
  }

  @Test
  void allGoodIsGood() {
    assertThat(Verdict.of(List.of(PASS, PASS))).isEqualTo(PASS);
  }

  @Test
  void nothingJudgedIsInconclusive() {
    assertThat(Verdict.of(List.of())).isEqualTo(INCONCLUSIVE);
  }
}
