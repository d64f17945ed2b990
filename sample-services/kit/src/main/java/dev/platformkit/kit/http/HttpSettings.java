package dev.platformkit.kit.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How patient a server is, and with whom.
 *
 * @param headPatience how long a request may take to say what it wants, from its first byte to the
 *     end of its headers, however steadily it trickles in
 * @param bodyPatience how long its body may take then
 * @param stopPatience how long requests that are under way have when the server stops
 * @param cors which other origins' pages may ask
 */
public record HttpSettings(
    Duration headPatience, Duration bodyPatience, Duration stopPatience, Cors cors) {
  public HttpSettings {
    requireNonNull(headPatience, "headPatience is null");
    requireNonNull(bodyPatience, "bodyPatience is null");
    requireNonNull(stopPatience, "stopPatience is null");
    requireNonNull(cors, "cors is null");
  }

  public static HttpSettings usual() {
    return new HttpSettings(
        Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(1500), Cors.nobody());
  }

  public HttpSettings withPatience(Duration patience) {
    return new HttpSettings(patience, patience, stopPatience, cors);
  }

  public HttpSettings withCors(Cors other) {
    return new HttpSettings(headPatience, bodyPatience, stopPatience, other);
  }
}
