package dev.platformkit.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InboxTest {
  @Test
  void theLatestAreKeptOldestFirst() {
    Inbox inbox = new Inbox(2, 10_000);
    inbox.add(alert("a", ""));
    inbox.add(alert("b", ""));
    inbox.add(alert("c", ""));

    assertThat(inbox.with(Map.of())).containsExactly(alert("b", ""), alert("c", ""));
  }

  @Test
  void largeOnesMakeRoomByTheirSize() {
    Inbox inbox = new Inbox(100, 1500);
    inbox.add(alert("a", "x".repeat(1000)));
    inbox.add(alert("b", "x".repeat(1000)));

    assertThat(inbox.with(Map.of())).extracting(n -> n.labels().get("run")).containsExactly("b");
  }

  @Test
  void oneThatIsLargerThanAllIsNotKept() {
    Inbox inbox = new Inbox(100, 500);
    inbox.add(alert("a", "x".repeat(1000)));

    assertThat(inbox.with(Map.of())).isEmpty();
  }

  @Test
  void labelsChooseAndAllOfThemMustMatch() {
    Inbox inbox = new Inbox();
    inbox.add(alert("a", "first"));
    inbox.add(alert("b", "second"));

    assertThat(inbox.with(Map.of("run", "b"))).containsExactly(alert("b", "second"));
    assertThat(inbox.with(Map.of("run", "b", "alertname", "Other"))).isEmpty();
    assertThat(inbox.with(Map.of("unheard-of", ""))).isEmpty();
  }

  private static Notification alert(String run, String summary) {
    return new Notification(
        "2026-01-01T00:00:00Z",
        "firing",
        "platform-probe",
        Map.of("alertname", "PlatformProbe", "run", run),
        Map.of("summary", summary),
        "2026-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "abc");
  }
}
