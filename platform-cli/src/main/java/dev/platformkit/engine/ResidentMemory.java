package dev.platformkit.engine;

import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import java.util.Optional;

/** A container's memory without the page cache, as control groups of version 1 or 2 count it. */
final class ResidentMemory {
  private ResidentMemory() {}

  static Optional<Long> of(Statistics statistics) {
    MemoryStatsConfig memory = statistics.getMemoryStats();
    if (memory == null || memory.getStats() == null) {
      return Optional.empty();
    }
    StatsConfig stats = memory.getStats();
    if (stats.getTotalRss() != null) {
      return Optional.of(stats.getTotalRss());
    }
    if (stats.getRawValues().get("anon") instanceof Number anonymous) {
      return Optional.of(anonymous.longValue());
    }
    return Optional.ofNullable(memory.getUsage());
  }
}
