package dev.platformkit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunTest {
  @TempDir Path root;

  @BeforeEach
  void aStackWithAJob() throws IOException {
    stack("services: { nats: { image: n }, backup: { image: b, profiles: [jobs] } }");
  }

  @Test
  void aJobIsFoundByItsName() {
    assertThat(JobRun.of(assembly(), "backup").job().image()).isEqualTo("b");
  }

  @Test
  void aJobThatIsNotThereIsToldWithTheOneThatMayBeMeant() {
    Problem problem = refusal("bakcup");

    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem).hasMessage("there is no job \"bakcup\" in demo");
    assertThat(problem.details()).containsExactly("its jobs: backup");
    assertThat(problem.tries()).containsExactly("platform run backup");
  }

  @Test
  void aServiceIsNoJob() {
    Problem problem = refusal("nats");

    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem).hasMessage("nats is no job: it runs as long as the platform does");
    assertThat(problem.tries()).containsExactly("platform logs nats");
  }

  @Test
  void wherePlatformsHaveNoJobsThatIsSaid() throws IOException {
    stack("services: { nats: { image: n } }");

    assertThat(refusal("backup").details()).containsExactly("its stacks have none");
  }

  private Problem refusal(String job) {
    return catchThrowableOfType(Problem.class, () -> JobRun.of(assembly(), job));
  }

  private Assembly assembly() {
    Project project = new Project(root, "demo", List.of("data"), ImageSource.LOCAL);
    return new Assembly(
        project, project.platform("demo"), Stack.choose(project, List.of("data")), false);
  }

  private void stack(String compose) throws IOException {
    Path file = root.resolve("stacks/data/compose.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, compose);
  }
}
