package dev.platformkit.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The latest notifications, oldest first; the oldest make room, by number and by size. */
final class Inbox {
  private static final int MOST = 1000;
  private static final int MOST_CHARACTERS = 4_000_000;

  private final Deque<Notification> kept = new ArrayDeque<>();
  private final int most;
  private final int mostCharacters;
  private int characters;

  Inbox() {
    this(MOST, MOST_CHARACTERS);
  }

  Inbox(int most, int mostCharacters) {
    this.most = most;
    this.mostCharacters = mostCharacters;
  }

  synchronized void add(Notification notification) {
    kept.addLast(notification);
    characters += notification.weight();
    while (kept.size() > most || characters > mostCharacters) {
      characters -= kept.removeFirst().weight();
    }
  }

  /** Those whose alert has all of these labels. */
  synchronized List<Notification> with(Map<String, String> labels) {
    return kept.stream().filter(n -> n.has(labels)).toList();
  }
}
