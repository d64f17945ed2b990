package dev.platformkit.inbox;

import static java.util.Objects.requireNonNull;

import com.google.gson.annotations.SerializedName;
import java.util.Map;
import java.util.TreeMap;

/** One alert, as it was delivered at one time. */
record Notification(
    String received,
    String status,
    String receiver,
    Map<String, String> labels,
    Map<String, String> annotations,
    @SerializedName("startsAt") String startsAt,
    @SerializedName("endsAt") String endsAt,
    String fingerprint) {

  Notification {
    requireNonNull(received, "received is null");
    requireNonNull(status, "status is null");
    requireNonNull(receiver, "receiver is null");
    labels = new TreeMap<>(labels);
    annotations = new TreeMap<>(annotations);
  }

  /** Whether the alert has all of these labels. */
  boolean has(Map<String, String> wanted) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }

  /** About how much memory this takes, in characters. */
  int weight() {
    return weight(labels) + weight(annotations) + 200;
  }

  private static int weight(Map<String, String> texts) {
    return texts.entrySet().stream()
        .mapToInt(e -> e.getKey().length() + e.getValue().length())
        .sum();
  }
}
