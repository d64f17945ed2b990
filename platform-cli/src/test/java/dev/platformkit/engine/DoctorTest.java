package dev.platformkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.engine.Diagnosis.Verdict;
import dev.platformkit.engine.Machine.Tool;
import dev.platformkit.problem.Problem;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
  private static final long GIB = 1L << 30;
  private static final EngineInfo ENGINE =
      new EngineInfo(
          "unix:///var/run/docker.sock",
          "20.10.24+dfsg1",
          "1.41",
          "Debian",
          "x86_64",
          2,
          24 * GIB,
          Path.of("/var/lib/docker"),
          "1",
          true,
          true,
          false,
          "json-file",
          0);

  @Test
  void aMachineThatHasEverythingPasses() {
    assertThat(Doctor.judge(examination(ENGINE, "2.26.1", 50 * GIB)))
        .allSatisfy(d -> assertThat(d.verdict()).as(d.toString()).isEqualTo(Verdict.PASS));
  }

  @Test
  void withoutAnEngineTheWayToOneIsTold() {
    Problem unanswered =
        Problem.unable("no Docker Engine answers at unix:///x")
            .detail("why: there is no such socket")
            .tryCommand("platform engine start");
    Examination seen =
        new Examination(
            machine(EnumSet.allOf(Tool.class)),
            Optional.empty(),
            Optional.of(unanswered),
            Optional.of("2.26.1"),
            Optional.of("0.13.1"),
            OptionalLong.empty(),
            OptionalLong.of(262_144));

    assertThat(diagnosis(seen, "engine"))
        .isEqualTo(
            Diagnosis.fail(
                    "engine", "no Docker Engine answers at unix:///x; why: there is no such socket")
                .mendedBy("platform engine start"));
  }

  @Test
  void aComposeThatCannotIncludeIsTooOld() {
    assertThat(diagnosis(examination(ENGINE, "2.19.9", 50 * GIB), "compose").verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @ParameterizedTest
  @CsvSource({"2, FAIL", "6, NOTE", "12, PASS"})
  void littleDiskIsToldBeforeItRunsOut(long gib, Verdict verdict) {
    assertThat(diagnosis(examination(ENGINE, "2.26.1", gib * GIB), "disk").verdict())
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "20.10.24+dfsg1, 20.10.0, false",
    "19.03.8, 20.10.0, true",
    "v2.3, 2.20.0, true",
    "28.2.2, 20.10.0, false"
  })
  void versionsAreComparedByTheirNumbers(String version, String than, boolean older) {
    assertThat(Doctor.isOlder(version, than)).isEqualTo(older);
  }

  @Test
  void versionsAreFoundInWhatPluginsPrint() {
    assertThat(Examination.version("Docker Compose version v2.26.1-4")).contains("2.26.1");
    assertThat(Examination.version("github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3"))
        .contains("0.13.1");
  }

  private static Diagnosis diagnosis(Examination seen, String id) {
    return Doctor.judge(seen).stream().filter(d -> d.id().equals(id)).findFirst().orElseThrow();
  }

  private static Examination examination(EngineInfo engine, String compose, long freeDisk) {
    return new Examination(
        machine(EnumSet.allOf(Tool.class)),
        Optional.of(engine),
        Optional.empty(),
        Optional.of(compose),
        Optional.of("0.13.1"),
        OptionalLong.of(freeDisk),
        OptionalLong.of(262_144));
  }

  private static Machine machine(Set<Tool> tools) {
    return new Machine("debian", "bookworm", true, true, false, tools);
  }
}
