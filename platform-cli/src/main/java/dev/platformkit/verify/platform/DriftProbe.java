package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.lifecycle.LoadedContent;
import dev.platformkit.stack.Service;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who reads a file of the project runs with what it holds now: by what was remembered when it was
 * read, and by the word of the server where a server says what it has loaded.
 */
final class DriftProbe implements Probe {
  private final String file;
  private final List<Service> readers;
  private final LoadedContent content;
  private final ServersWord word;
  private final Addresses addresses;

  DriftProbe(
      String file,
      List<Service> readers,
      LoadedContent content,
      ServersWord word,
      Addresses addresses) {
    this.file = requireNonNull(file, "file is null");
    this.readers = List.copyOf(readers);
    this.content = requireNonNull(content, "content is null");
    this.word = requireNonNull(word, "word is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "config/drift";
  }

  @Override
  public String subject() {
    return file;
  }

  @Override
  public String expected() {
    return "%s run(s) with %s as it is now"
        .formatted(String.join(", ", readers.stream().map(Service::name).toList()), file);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Finding look() {
    List<String> stale = new ArrayList<>();
    for (Service service : readers) {
      for (Container container : addresses.running(service.name())) {
        content.stale(file, container).ifPresent(stale::add);
      }
    }
    if (!stale.isEmpty()) {
      return drifted("changed after it was read", stale).link("platform up");
    }
    boolean confirmed = false;
    for (Service service : readers) {
      if (word.isAbout(service.name(), service.definition(), file)) {
        Optional<String> difference = word.divergence(service.name(), file);
        if (difference.isPresent()) {
          return restartable(
              drifted(service.name() + " runs other content", List.of(difference.get())), service);
        }
        confirmed = true;
      }
    }
    return Finding.pass(confirmed ? "loaded, says the server" : "read as it is");
  }

  private Finding drifted(String observed, List<String> reasons) {
    Way way = Way.none().reached("written", file);
    for (String reason : reasons) {
      way = way.broken("loaded", reason);
    }
    return Finding.fail(observed).on(way);
  }

  /** What was read last was what the file holds now, so that `up` would find nothing to do. */
  private Finding restartable(Finding finding, Service service) {
    Finding linked = finding;
    for (Container container : addresses.running(service.name())) {
      linked = linked.link("docker restart " + container.name());
    }
    return linked;
  }
}
