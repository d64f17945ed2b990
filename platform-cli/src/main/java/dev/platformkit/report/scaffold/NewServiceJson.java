package dev.platformkit.report.scaffold;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.scaffold.FileChange;
import dev.platformkit.scaffold.NewService;
import java.util.List;

/**
 * A new service for programs:
 *
 * <pre>
 * {"schema":"platform.new-service/1","service":"shop-stats","route":"/v1/shop-stats/greetings/{name}",
 *  "written":true,
 *  "files":[{"change":"create|insert","file":"stacks/samples/compose.yaml","line":186,"lines":9}],
 *  "next":["platform validate"]}
 * </pre>
 */
public final class NewServiceJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NewServiceJson() {}

  /**
   * A service and its files.
   *
   * @param written whether they were
   * @param next commands to type
   */
  public static String of(NewService service, boolean written, List<String> next) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "platform.new-service/1");
    root.put("service", service.name().text());
    root.put("route", service.route());
    root.put("written", written);
    ArrayNode files = root.putArray("files");
    service.changes().forEach(change -> add(change, files.addObject()));
    next.forEach(root.putArray("next")::add);
    return root.toPrettyString() + "\n";
  }

  private static void add(FileChange change, ObjectNode node) {
    node.put("change", change.isNew() ? "create" : "insert");
    node.put("file", change.file());
    node.put("line", change.line());
    node.put("lines", change.lines());
  }
}
