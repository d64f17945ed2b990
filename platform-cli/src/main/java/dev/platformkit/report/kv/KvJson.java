package dev.platformkit.report.kv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.backend.ConsulKv;
import dev.platformkit.kv.Change;
import dev.platformkit.kv.KvDiff;
import dev.platformkit.kv.KvExport;
import dev.platformkit.kv.Setting;
import java.util.List;

/**
 * Comparisons and exports for programs:
 *
 * <pre>
 * {"schema":"platform.kv/1","name":"demo","differs":true,"applied":false,"wanted":3,
 *  "changes":[{"change":"change","key":"config/category/page-size","before":"10","after":"20",
 *              "owned":true,"at":"kv/category.yaml:3:3"}],
 *  "foreign":["config/category/by-hand"]}
 * </pre>
 *
 * {@code before} and {@code after} are null where there is nothing, or nothing that is text.
 */
public final class KvJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KvJson() {}

  /**
   * A comparison.
   *
   * @param applied whether its changes were made
   */
  public static String of(KvDiff diff, String platform, boolean applied) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "platform.kv/1");
    root.put("name", platform);
    root.put("differs", !applied && diff.differs());
    root.put("applied", applied);
    root.put("wanted", diff.wanted());
    ArrayNode changes = root.putArray("changes");
    diff.changes().forEach(change -> add(change, changes.addObject()));
    addAll(diff.foreign(), root.putArray("foreign"));
    return root.toPrettyString() + "\n";
  }

  private static void add(Change change, ObjectNode node) {
    node.put("change", change.kind().toString());
    node.put("key", change.key());
    node.put("before", change.stored().flatMap(ConsulKv.Entry::value).orElse(null));
    node.put("after", change.wanted().map(Setting::value).orElse(null));
    node.put("owned", change.owned());
    node.put("at", change.wanted().map(w -> w.position().toString()).orElse(null));
  }

  /** An export: {@code {"schema":"platform.kv-export/1","written":["kv/category.yaml"],…}}. */
  public static String of(KvExport export, String platform) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "platform.kv-export/1");
    root.put("name", platform);
    addAll(export.written(), root.putArray("written"));
    addAll(export.unchanged(), root.putArray("unchanged"));
    addAll(export.leftOut(), root.putArray("left_out"));
    return root.toPrettyString() + "\n";
  }

  private static void addAll(List<String> texts, ArrayNode array) {
    texts.forEach(array::add);
  }
}
