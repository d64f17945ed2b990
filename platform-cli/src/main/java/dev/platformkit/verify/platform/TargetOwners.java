package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.verify.Addresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whose metrics a target shows. A job is named after the service that it scrapes, perhaps by way of
 * an exporter; but who has a job of its own is no other service's exporter.
 */
final class TargetOwners {
  private static final String PROMETHEUS = "prometheus";

  private final List<String> jobs;
  private final Addresses addresses;

  /**
   * The services that have jobs.
   *
   * @param jobs the names of all jobs
   */
  TargetOwners(Collection<String> jobs, Addresses addresses) {
    this.jobs = List.copyOf(jobs);
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  /** The other service with a job of its own that a job's target is; empty where it is none. */
  Optional<String> other(String job, String url) {
    return other(job, host(url), jobs);
  }

  /** The other service that a job has an exporter ask; empty where it is none. */
  Optional<String> otherAsked(ScrapeJobs.Job job) {
    List<String> services = jobs.stream().map(TargetOwners::asked).toList();
    return job.asks().stream()
        .flatMap(url -> other(asked(job.name()), host(url), services).stream())
        .findFirst();
  }

  /** {@code probe-nats} is about nats. */
  private static String asked(String job) {
    return job.startsWith(TargetProbe.ASKING) ? job.substring(TargetProbe.ASKING.length()) : job;
  }

  /** Of a URL, or of a host with its port; empty where it is neither. */
  private static String host(String url) {
    try {
      String host = new URI(url.contains("://") ? url : "tcp://" + url).getHost();
      return host == null ? "" : host;
    } catch (URISyntaxException e) {
      return ""; // an exporter may ask for whatever it understands
    }
  }

  private Optional<String> other(String service, String host, List<String> others) {
    return addresses.containers(service).isEmpty() || isOf(service, host)
        ? Optional.empty()
        : others.stream().filter(each -> isOf(each, host)).findFirst();
  }

  private boolean isOf(String service, String host) {
    boolean own = service.equals(PROMETHEUS) && host.matches("localhost|127\\.0\\.0\\.1");
    return own
        || addresses.containers(service).stream()
            .anyMatch(container -> isAt(container, service, host));
  }

  private static boolean isAt(Container container, String service, String host) {
    return host.equals(service)
        || host.equals(container.name())
        || container.addresses().contains(host);
  }
}
