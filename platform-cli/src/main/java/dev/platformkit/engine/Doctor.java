package dev.platformkit.engine;

import dev.platformkit.engine.Machine.Tool;
import dev.platformkit.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Judges an examination: what is missing for a platform, what limits it, and what mends that. */
public final class Doctor {
  private static final long GIB = 1L << 30;
  private static final long DISK_NEEDED = 4 * GIB;
  private static final long DISK_WANTED = 10 * GIB;
  private static final long MEMORY_NEEDED = 5 * GIB / 2;
  private static final long MEMORY_WANTED = 4 * GIB;
  private static final long MAPS_WANTED = 262_144;

  /** The first Compose that knows {@code include}. */
  private static final String COMPOSE_NEEDED = "2.20.0";

  private static final String ENGINE_NEEDED = "20.10.0";
  private static final Set<String> ARCHITECTURES = Set.of("x86_64", "amd64", "aarch64", "arm64");
  private static final String INSTALL = "platform engine install --yes";

  private Doctor() {}

  /** Every diagnosis, what is needed first. */
  public static List<Diagnosis> judge(Examination seen) {
    List<Diagnosis> all = new ArrayList<>();
    all.add(engine(seen));
    all.add(
        seen.machine().has(Tool.CLIENT)
            ? Diagnosis.pass("client", "docker is on the path")
            : Diagnosis.fail("client", "docker is not on the path").mendedBy(INSTALL));
    all.add(plugin("compose", seen.compose(), COMPOSE_NEEDED));
    all.add(plugin("buildx", seen.buildx(), "0.0.0"));
    all.add(disk(seen));
    seen.engine().ifPresent(engine -> judge(engine, all));
    all.add(maps(seen));
    all.add(
        seen.machine().has(Tool.DEBOOTSTRAP)
            ? Diagnosis.pass("debootstrap", "there, so images can be built without a registry")
            : Diagnosis.note("debootstrap", "missing; needed where no image registry answers")
                .mendedBy("apt-get install debootstrap"));
    return all;
  }

  private static Diagnosis engine(Examination seen) {
    if (seen.engine().isEmpty()) {
      Problem problem = seen.unanswered().orElseThrow();
      Diagnosis missing =
          Diagnosis.fail(
              "engine", problem.getMessage() + "; " + String.join("; ", problem.details()));
      return problem.tries().isEmpty() ? missing : missing.mendedBy(problem.tries().get(0));
    }
    EngineInfo engine = seen.engine().get();
    String words =
        "Docker Engine %s at %s (API %s)"
            .formatted(engine.version(), engine.address(), engine.apiVersion());
    return isOlder(engine.version(), ENGINE_NEEDED)
        ? Diagnosis.fail("engine", words + " is older than " + ENGINE_NEEDED)
        : Diagnosis.pass("engine", words);
  }

  private static Diagnosis plugin(String id, Optional<String> version, String needed) {
    if (version.isEmpty()) {
      return Diagnosis.fail(id, "the docker client has no " + id + " plugin that works")
          .mendedBy(INSTALL);
    }
    return isOlder(version.get(), needed)
        ? Diagnosis.fail(id, version.get() + " is older than " + needed).mendedBy(INSTALL)
        : Diagnosis.pass(id, version.get());
  }

  private static Diagnosis disk(Examination seen) {
    if (seen.freeDisk().isEmpty()) {
      return Diagnosis.note("disk", "free space where the engine keeps its data is not known");
    }
    long free = seen.freeDisk().getAsLong();
    return amount("disk", free, DISK_NEEDED, DISK_WANTED, "free where the engine keeps its data")
        .orElseGet(() -> Diagnosis.pass("disk", gib(free) + " free"));
  }

  private static void judge(EngineInfo engine, List<Diagnosis> all) {
    all.add(
        amount("memory", engine.memory(), MEMORY_NEEDED, MEMORY_WANTED, "in all")
            .orElseGet(() -> Diagnosis.pass("memory", gib(engine.memory()) + " in all")));
    all.add(
        ARCHITECTURES.contains(engine.architecture())
            ? Diagnosis.pass("architecture", engine.architecture())
            : Diagnosis.note(
                "architecture", engine.architecture() + "; official images may not exist for it"));
    String version = "control groups of version " + engine.cgroupVersion();
    if (engine.limitsMemory() && engine.limitsPids()) {
      all.add(Diagnosis.pass("limits", version + "; memory and processes can be limited"));
    } else {
      String what = engine.limitsMemory() ? "processes" : "memory";
      all.add(Diagnosis.note("limits", version + "; the engine cannot limit " + what));
    }
    all.add(
        engine.rootless()
            ? Diagnosis.note(
                "rootless",
                "the engine has no root's rights: no ports below 1024, and container logs that"
                    + " Filebeat may not read")
            : Diagnosis.pass("rootless", "the engine has root's rights"));
    all.add(
        engine.loggingDriver().equals("json-file")
            ? Diagnosis.pass("logging", "json-file")
            : Diagnosis.note(
                "logging",
                engine.loggingDriver()
                    + " is the engine's own driver; containers that do not name json-file are not"
                    + " read by Filebeat"));
  }

  private static Optional<Diagnosis> amount(
      String id, long there, long needed, long wanted, String words) {
    if (there < needed) {
      return Optional.of(
          Diagnosis.fail(id, "%s %s; %s are needed".formatted(gib(there), words, gib(needed))));
    }
    return there < wanted
        ? Optional.of(
            Diagnosis.note(
                id, "%s %s; %s are comfortable".formatted(gib(there), words, gib(wanted))))
        : Optional.empty();
  }

  private static Diagnosis maps(Examination seen) {
    if (seen.maxMapCount().isEmpty()) {
      return Diagnosis.note("vm.max_map_count", "not known");
    }
    long maps = seen.maxMapCount().getAsLong();
    return maps >= MAPS_WANTED
        ? Diagnosis.pass("vm.max_map_count", Long.toString(maps))
        : Diagnosis.note(
                "vm.max_map_count",
                maps + " is below what Elasticsearch asks for outside of a single node")
            .mendedBy("sysctl -w vm.max_map_count=" + MAPS_WANTED);
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }

  static boolean isOlder(String version, String than) {
    int[] a = numbers(version);
    int[] b = numbers(than);
    return Arrays.compare(a, b) < 0;
  }

  private static int[] numbers(String version) {
    String[] words = version.replaceFirst("^v", "").split("[^0-9]+", 4);
    int[] numbers = new int[3];
    for (int i = 0; i < numbers.length && i < words.length && !words[i].isEmpty(); i++) {
      numbers[i] = Integer.parseInt(words[i]);
    }
    return numbers;
  }
}
