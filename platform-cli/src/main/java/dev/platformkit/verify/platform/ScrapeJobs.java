package dev.platformkit.verify.platform;

import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import dev.platformkit.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The scrape jobs that the project's files declare for the stacks that were brought up. */
final class ScrapeJobs {
  private static final Pattern YAML = Pattern.compile("\\.ya?ml$");

  private ScrapeJobs() {}

  /**
   * A job.
   *
   * @param file where it stands, for people
   * @param targets how many static targets it has at least
   * @param addresses of its static targets; none where what is found is changed before it is
   *     scraped
   * @param asks what an exporter is to ask for it: its URL parameter
   * @param drops whether it declares that some of what it scrapes is not kept as it is
   * @param honorsLabels whether targets may name a job of their own choice
   */
  record Job(
      String name,
      String file,
      int targets,
      List<String> addresses,
      List<String> asks,
      boolean drops,
      boolean honorsLabels) {
    Job {
      addresses = List.copyOf(addresses);
      asks = List.copyOf(asks);
    }
  }

  /**
   * The jobs that each stack brings along, in the files under its folder {@code prometheus/}; the
   * main configuration is one of them.
   */
  static List<Job> of(Path root, List<Stack> stacks) {
    List<Job> jobs = new ArrayList<>();
    for (Stack stack : stacks) {
      for (Path file : files(stack.file().resolveSibling("prometheus"))) {
        String shownAs = root.relativize(file).toString();
        Node.Mapping scrape = YamlReader.read(file, shownAs).asMapping();
        for (Node job : items(scrape.get("scrape_configs"))) {
          jobs.add(job(job.asMapping(), shownAs));
        }
      }
    }
    return List.copyOf(jobs);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> YAML.matcher(file.toString()).find()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static Job job(Node.Mapping job, String file) {
    List<String> targets = new ArrayList<>();
    for (Node config : items(job.get("static_configs"))) {
      items(config.asMapping().get("targets")).forEach(target -> targets.add(target.asText()));
    }
    return new Job(
        job.require("job_name").asText(),
        file,
        Math.max(1, targets.size()),
        job.get("relabel_configs").isEmpty() ? targets : List.of(),
        items(job.get("params").flatMap(params -> params.asMapping().get("target"))).stream()
            .map(Node::asText)
            .toList(),
        !items(job.get("metric_relabel_configs")).isEmpty(),
        job.get("honor_labels").map(node -> node.asText().equals("true")).orElse(false));
  }

  private static List<Node> items(Optional<Node> list) {
    return list.map(node -> node.asSequence().items()).orElse(List.of());
  }
}
