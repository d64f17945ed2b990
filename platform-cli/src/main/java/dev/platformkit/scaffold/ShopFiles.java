package dev.platformkit.scaffold;

import dev.platformkit.scaffold.EntryList.Inserted;
import java.util.List;
import java.util.regex.Pattern;

/** Which files of the shop a service consists of, and in which it is entered. */
final class ShopFiles {
  static final String MODULES = "sample-services/pom.xml";
  static final String CONTRACTS = "sample-services/proto/src/main/protobuf/shop";
  static final String COMPOSE = "stacks/samples/compose.yaml";
  static final String JOBS = "stacks/samples/prometheus/jobs.yaml";
  static final String IMAGES = "stacks/images.local.env";

  /** A file of a service's own, and the template that it is made of. */
  record Own(String file, String template) {}

  /** An entry in a file that all services share, and the template that it is made of. */
  record Shared(EntryList list, String template) {
    /** The file's text with the service entered, under its name as that file has it. */
    Inserted enter(ServiceName service, String before) {
      String name = list.file().equals(IMAGES) ? service.imageVariable() : service.text();
      return list.add(name, Template.fill(template, service), before);
    }
  }

  private static final Pattern MARK = Pattern.compile("Made by `platform new service`");

  /** The files that every service is entered in. */
  static final List<Shared> SHARED =
      List.of(
          shared(MODULES, MARK, " {4}<module>(.+)</module>", false, "module.xml"),
          shared(COMPOSE, MARK, "  ([a-z0-9-]+):", true, "compose.yaml"),
          shared(
              IMAGES,
              Pattern.compile("^# Our own services"),
              "([A-Z0-9_]+)=.*",
              false,
              "images.env"),
          shared(
              JOBS, Pattern.compile("^scrape_configs:"), "  - job_name: (.+)", true, "jobs.yaml"));

  private ShopFiles() {}

  /** The files that are one service's alone. */
  static List<Own> of(ServiceName service) {
    String name = service.text();
    String module = "sample-services/" + name;
    String code = "dev/platformkit/shop/" + service.packageName();
    return List.of(
        new Own(
            "%s/%s/v1/%s.proto".formatted(CONTRACTS, service.packageName(), service.contractName()),
            "contract.proto"),
        new Own(module + "/pom.xml", "pom.xml"),
        new Own(module + "/src/main/java/" + code + "/Main.java", "Main.java"),
        new Own(module + "/src/main/java/" + code + "/Greetings.java", "Greetings.java"),
        new Own(module + "/src/test/java/" + code + "/GreetingsTest.java", "GreetingsTest.java"),
        new Own("sample-services/journeys/" + name + ".yaml", "journey.yaml"),
        new Own("kv/" + name + ".yaml", "kv.yaml"),
        new Own("dashboards/services/service-" + name + ".json", "dashboard.json"),
        new Own("alert-rules/services/" + name + ".rules.yaml", "alert.rules.yaml"),
        new Own("alert-rules/services/" + name + ".test.yaml", "alert.test.yaml"));
  }

  private static Shared shared(
      String file, Pattern opening, String entry, boolean apart, String template) {
    return new Shared(
        new EntryList(file, opening, Pattern.compile(entry), apart), "entries/" + template);
  }
}
