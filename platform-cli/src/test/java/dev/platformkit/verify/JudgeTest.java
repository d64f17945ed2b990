package dev.platformkit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.BackendException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private final List<Check> told = new ArrayList<>();
  private final Judge judge = new Judge(Deadline.in(Duration.ofSeconds(20)), told::add);

  @Test
  void looksUntilItIsSettled() {
    Iterator<Finding> looks =
        List.of(Finding.missing("0 of 2"), Finding.unknown("1 of 2"), Finding.pass("2 of 2"))
            .iterator();

    Check check = judge.judge(new Looking(looks::next));

    assertThat(check.verdict()).isEqualTo(Verdict.PASS);
    assertThat(check.observed()).isEqualTo("2 of 2");
    assertThat(told).containsExactly(check);
  }

  @Test
  void whatIsMissingAtTheDeadlineFailsWithTheLastThingSeen() {
    Check check = judge.judge(new Looking(() -> Finding.missing("1 of 2")));

    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.observed()).isEqualTo("1 of 2");
    assertThat(check.details()).containsExactly("explained");
  }

  @Test
  void aServerThatNeverAnswersLeavesItInconclusive() {
    Check check =
        judge.judge(
            new Looking(
                () -> {
                  throw BackendException.unreachable("jaeger", "it hangs");
                }));

    assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(check.observed()).contains("jaeger").contains("it hangs");
  }

  @Test
  void aServiceThatDoesNotRunIsNotWaitedFor() {
    Check check =
        judge.judge(
            new Looking(
                () -> {
                  throw new NotRunningException("jaeger", "exited (137)");
                }));

    assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(check.took()).isLessThan(Looking.PATIENCE);
  }

  @Test
  void aServiceThatIsNotPartOfThePlatformIsLeftOut() {
    Check check =
        judge.judge(
            new Looking(
                () -> {
                  throw new NotPartOfPlatformException("jaeger");
                }));

    assertThat(check.verdict()).isEqualTo(Verdict.SKIP);
  }

  @Test
  void theRunsDeadlineEndsEveryProbe() {
    Judge late = new Judge(Deadline.in(Duration.ZERO), check -> {});

    Check check = late.judge(new Looking(() -> Finding.unknown("nothing yet")));

    assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void whatIsMissingWhenTheRunEndsBeforeItWasWaitedForIsUnknown() {
    Judge late = new Judge(Deadline.in(Duration.ZERO), check -> {});

    Check check = late.judge(new Looking(() -> Finding.missing("1 of 2")));

    assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(check.observed()).startsWith("1 of 2; the run ended");
  }

  @Test
  void whatWaitsAsLongAsTheRunIsJudgedAtItsEnd() {
    Looking patient =
        new Looking(() -> Finding.missing("1 of 2")) {
          @Override
          public Duration patience() {
            return WHOLE_RUN;
          }
        };

    Check check = new Judge(Deadline.in(Duration.ZERO), c -> {}).judge(patient);
    judge.cancel();

    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge.judge(patient).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aProbeIsClosedWhateverHappens() {
    Looking bad = new Looking(() -> Finding.fail("bad"));
    judge.judge(bad);

    assertThat(bad.closed).isEqualTo(1);
  }

  @Test
  void aProbeThatLeavesSomethingBehindIsNotGood() {
    Probe probe =
        new Looking(() -> Finding.pass("fine")) {
          @Override
          public void close() {
            throw BackendException.unreachable("consul", "it hangs");
          }
        };

    Check check = judge.judge(probe);

    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.observed()).contains("could not take back").contains("consul");
  }

  @Test
  void aCancelledRunIsJudgedByWhatWasSeen() {
    judge.cancel();

    Check check = judge.judge(new Looking(() -> Finding.unknown("nothing yet")));

    assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(check.took()).isLessThan(Looking.PATIENCE);
  }

  private static class Looking implements Probe {
    static final Duration PATIENCE = Duration.ofMillis(300);

    private final Supplier<Finding> look;
    private int closed;

    Looking(Supplier<Finding> look) {
      this.look = look;
    }

    @Override
    public String id() {
      return "test/looking";
    }

    @Override
    public String subject() {
      return "subject";
    }

    @Override
    public String expected() {
      return "something";
    }

    @Override
    public Duration patience() {
      return PATIENCE;
    }

    @Override
    public Finding look() {
      return look.get();
    }

    @Override
    public Finding explain(Finding found) {
      return found.detail("explained");
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
