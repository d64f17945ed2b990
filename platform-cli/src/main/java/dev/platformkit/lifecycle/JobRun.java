package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Compose;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A job of the platform, run once by Compose: beside the services, with their networks, secrets and
 * limits, in a container that is gone when the job has ended.
 */
public final class JobRun {
  private final Compose compose;
  private final Service job;

  private JobRun(Compose compose, Service job) {
    this.compose = compose;
    this.job = requireNonNull(job, "job is null");
  }

  /**
   * A job by its name.
   *
   * @throws Problem exit 2 when there is no such job
   */
  public static JobRun of(Assembly assembly, String name) {
    List<Service> jobs = assembly.jobs();
    Service job =
        jobs.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(assembly, name));
    return new JobRun(ComposeUp.compose(assembly), job);
  }

  /** The job as the Compose file has it. */
  public Service job() {
    return job;
  }

  /**
   * Runs it to its end.
   *
   * @param environment variables on top of its own, each {@code NAME=VALUE}
   * @param mounts what of this machine it may read, each {@code PATH:PATH IN THE CONTAINER}
   * @param arguments what it is told
   * @param out takes each line that it prints
   * @param err takes each line of its errors
   * @return its exit code
   */
  public int run(
      List<String> environment,
      List<String> mounts,
      List<String> arguments,
      Consumer<String> out,
      Consumer<String> err) {
    List<String> command = new ArrayList<>(List.of("run", "--rm", "--no-deps", "-T"));
    environment.forEach(variable -> command.addAll(List.of("--env", variable)));
    mounts.forEach(mount -> command.addAll(List.of("--volume", mount + ":ro")));
    command.add(job.name());
    command.addAll(arguments);
    return compose.run(command, out, err);
  }

  private static Problem unknown(Assembly assembly, String name) {
    List<String> jobs = assembly.jobs().stream().map(Service::name).toList();
    if (assembly.service(name).isPresent()) {
      return Problem.usage(name + " is no job: it runs as long as the platform does")
          .detail(known(jobs))
          .tryCommand(assembly.platform().command("logs " + name));
    }
    Problem problem =
        Problem.usage("there is no job \"" + name + "\" in " + assembly.platform().name())
            .detail(known(jobs));
    return Nearest.of(name, jobs)
        .map(near -> problem.tryCommand(assembly.platform().command("run " + near)))
        .orElse(problem);
  }

  private static String known(List<String> jobs) {
    return jobs.isEmpty() ? "its stacks have none" : "its jobs: " + String.join(", ", jobs);
  }
}
