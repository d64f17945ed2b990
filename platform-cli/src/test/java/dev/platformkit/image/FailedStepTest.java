package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedStepTest {
  @Test
  void theStepThatFailedIsShownAndNotWhatSurroundsIt() {
    List<String> log =
        """
        #8 [build 2/4] RUN true
        #8 DONE 0.1s
        #9 [build 3/4] RUN go-build
        #9 12.3 main.go:7: undefined: x
        #9 ERROR: process "go-build" did not complete successfully: exit code: 1
        ------
         > [build 3/4] RUN go-build:
        12.3 main.go:7: undefined: x
        ------
        Dockerfile:8
        --------------------
           8 | >>> RUN go-build
        --------------------
        ERROR: failed to solve: process "go-build" did not complete successfully: exit code: 1
        """
            .lines()
            .toList();

    assertThat(FailedStep.lines(log))
        .containsExactly(
            "> [build 3/4] RUN go-build:",
            "12.3 main.go:7: undefined: x",
            "ERROR: failed to solve: process \"go-build\" did not complete successfully: exit code:"
                + " 1");
  }

  @Test
  void withoutStepsTheLastLinesAreShown() {
    List<String> log = IntStream.range(0, 40).mapToObj(i -> "line " + i).toList();

    assertThat(FailedStep.lines(log)).hasSize(15).startsWith("line 25").endsWith("line 39");
  }

  @Test
  void aSilentBuildHasNoLines() {
    assertThat(FailedStep.lines(List.of())).isEmpty();
  }
}
