package dev.platformkit.logkeeper;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;

/**
 * A log file that is held open, and so stays readable when the engine deletes it; nor can its inode
 * number become another file's, which Filebeat would take for this one.
 */
final class LogFile {
  private final String container;
  private final Object inode;
  private final FileChannel channel;
  private volatile Optional<Instant> gone = Optional.empty();

  LogFile(String container, Object inode, FileChannel channel) {
    this.container = requireNonNull(container, "container is null");
    this.inode = requireNonNull(inode, "inode is null");
    this.channel = requireNonNull(channel, "channel is null");
  }

  String container() {
    return container;
  }

  Object inode() {
    return inode;
  }

  FileChannel channel() {
    return channel;
  }

  /** Since when it has no name any more. */
  Optional<Instant> gone() {
    return gone;
  }

  /** Tells whether it was in its folder just now. */
  void there(boolean there, Instant now) {
    if (there) {
      gone = Optional.empty();
    } else if (gone.isEmpty()) {
      gone = Optional.of(now);
    }
  }

  void close() throws IOException {
    channel.close();
  }
}
