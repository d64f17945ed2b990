package dev.platformkit.inbox;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Alertmanager sends, as far as it is of interest here:
 *
 * <pre>
 * {"receiver": "…", "alerts": [{"status": "firing", "labels": {…}, "annotations": {…},
 *   "startsAt": "…", "endsAt": "…", "fingerprint": "…"}, …]}
 * </pre>
 */
record Webhook(String receiver, List<Alert> alerts) {
  Webhook {
    receiver = Objects.requireNonNullElse(receiver, "");
    alerts = alerts == null ? List.of() : alerts.stream().filter(Objects::nonNull).toList();
  }

  /** One alert of several that are sent together. */
  record Alert(
      String status,
      Map<String, String> labels,
      Map<String, String> annotations,
      @SerializedName("startsAt") String startsAt,
      @SerializedName("endsAt") String endsAt,
      String fingerprint) {
    Alert {
      status = Objects.requireNonNullElse(status, "");
      labels = labels == null ? Map.of() : labels;
      annotations = annotations == null ? Map.of() : annotations;
      startsAt = Objects.requireNonNullElse(startsAt, "");
      endsAt = Objects.requireNonNullElse(endsAt, "");
      fingerprint = Objects.requireNonNullElse(fingerprint, "");
    }
  }
}
