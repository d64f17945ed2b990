package dev.platformkit.logkeeper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a log file's entries, some or all, without moving through what lies between. */
final class Entries {
  /** As much as is read for one line; a longer one is not among a sample. */
  private static final int LONGEST = 4 << 20;

  /** As much as is read whole. */
  private static final int SMALL = 256 << 10;

  private static final int USUAL = 16 * 1024;

  private final FileChannel file;

  Entries(FileChannel file) {
    this.file = file;
  }

  /** The first of the file, when it is written. */
  Optional<Entry> firstEntry() throws IOException {
    List<Entry> entries = within(0, Math.min(SMALL, file.size()), false);
    return entries.stream().findFirst();
  }

  /** The last whole entry that ends at or before a place. */
  Optional<Entry> lastEntry(long end) throws IOException {
    for (int size = USUAL; ; size *= 4) {
      long begin = Math.max(0, end - size);
      List<Entry> entries = within(begin, end, begin > 0);
      if (!entries.isEmpty()) {
        return Optional.of(entries.get(entries.size() - 1));
      }
      if (begin == 0 || size >= LONGEST) {
        return Optional.empty();
      }
    }
  }

  /**
   * Whole lines between two places, evenly spread, the first and the last among them; all of them
   * where there are few. What the engine has split is one line again, as Filebeat makes it.
   *
   * @param begin where a line begins
   */
  List<Entry> sample(long begin, long end, int count) throws IOException {
    if (end - begin <= SMALL) {
      return spread(lines(begin, end, false), count);
    }
    List<Entry> sample = new ArrayList<>();
    for (int i = 0; i < count - 1; i++) {
      add(sample, first(begin + (end - begin) / (count - 1) * i, end, i > 0));
    }
    add(sample, last(begin, end));
    return sample;
  }

  private static void add(List<Entry> sample, Optional<Entry> line) {
    line.filter(l -> sample.isEmpty() || sample.get(sample.size() - 1).begin() < l.begin())
        .ifPresent(sample::add);
  }

  /** The first line from a place on. */
  private Optional<Entry> first(long begin, long end, boolean amid) throws IOException {
    for (int size = USUAL; ; size *= 4) {
      long to = Math.min(end, begin + size);
      List<Entry> lines = lines(begin, to, amid);
      if (!lines.isEmpty()) {
        return Optional.of(lines.get(0));
      }
      if (to == end || size >= LONGEST) {
        return Optional.empty();
      }
    }
  }

  /** The last line before a place. */
  private Optional<Entry> last(long begin, long end) throws IOException {
    for (int size = USUAL; ; size *= 4) {
      long from = Math.max(begin, end - size);
      List<Entry> lines = lines(from, end, from > begin);
      if (!lines.isEmpty()) {
        return Optional.of(lines.get(lines.size() - 1));
      }
      if (from == begin || size >= LONGEST) {
        return Optional.empty();
      }
    }
  }

  /** The entries that lie wholly between two places. */
  private List<Entry> within(long begin, long end, boolean amid) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(end - begin)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && file.read(buffer, begin + buffer.position()) >= 0) {
      // a read may give less than there is
    }
    int length = buffer.position();
    List<Entry> entries = new ArrayList<>();
    int from = amid ? after(bytes, 0, length) : 0;
    for (int to = after(bytes, from, length); to > 0; to = after(bytes, from, length)) {
      Entry.parse(bytes, from, to - 1, begin + from).ifPresent(entries::add);
      from = to;
    }
    return entries;
  }

  private static int after(byte[] bytes, int from, int length) {
    if (from < 0) {
      return -1;
    }
    for (int i = from; i < length; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private List<Entry> lines(long begin, long end, boolean amid) throws IOException {
    List<Entry> lines = new ArrayList<>();
    Optional<Entry> open = Optional.empty();
    boolean begun = !amid; // what is read from amid may begin with the end of a line
    for (Entry entry : within(begin, end, amid)) {
      if (begun) {
        Entry line = open.map(before -> before.with(entry)).orElse(entry);
        open = Optional.of(line).filter(l -> !l.complete());
        if (line.complete()) {
          lines.add(line);
        }
      }
      begun |= entry.complete();
    }
    return lines;
  }

  private static List<Entry> spread(List<Entry> lines, int count) {
    if (lines.size() <= count) {
      return lines;
    }
    List<Entry> spread = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spread.add(lines.get((int) ((long) i * (lines.size() - 1) / (count - 1))));
    }
    return spread;
  }
}
