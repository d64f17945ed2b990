package dev.platformkit.it;

import static dev.platformkit.it.Fault.fault;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every fault that verify is held to: what is done, and the check and hop that have to tell. */
final class Faults {
  private static final String JAEGER = "stacks/tracing/jaeger/config.yaml";
  private static final String FILEBEAT = "filebeat/filebeat.yml";
  private static final String LOGGING = "stacks/logging/compose.yaml";
  private static final String PROMETHEUS = "stacks/metrics/prometheus/prometheus.yml";
  private static final String METRICS = "stacks/metrics/compose.yaml";
  private static final String ALERTMANAGER = "stacks/metrics/alertmanager/alertmanager.yml";
  private static final String SAMPLES = "stacks/samples/compose.yaml";
  private static final String PROBE_RULE = "alert-rules/platform-probe/platform-probe.rules.yaml";
  private static final String PRODUCT = "dashboards/services/service-product.json";
  private static final String PROBE_EXPR = "expr: platform_probe_alert == 1";
  private static final String JOBS = "stacks/strangers/prometheus/jobs.yaml";
  private static final String INBOX_URL = "http://alert-inbox:8080/alertmanager";

  /** For work on a few: {@code -Dfault=REGEX} leaves those of whose sentence some part matches. */
  private static final Pattern ONLY = Pattern.compile(System.getProperty("fault", ""));

  private Faults() {}

  private static Stream<Fault> of(Fault... faults) {
    return Stream.of(faults).filter(fault -> ONLY.matcher(fault.what()).find());
  }

  static Stream<Fault> ofTraces() {
    return of(
        fault(
                "Jaeger's receiver of OTLP over gRPC is at another port",
                p -> p.change(JAEGER, "0.0.0.0:4317", "0.0.0.0:4316"))
            .is("trace/complete", "exported -> received", "shopping"),
        fault(
                "Jaeger's receiver of OTLP over HTTP is at another port",
                p -> p.change(JAEGER, "0.0.0.0:4318", "0.0.0.0:4319"))
            .is("traces/shipped", "exported -> received", "did not arrive"),
        fault(
                "Jaeger stores each span twice",
                p ->
                    p.change(
                        JAEGER,
                        lines("  pipelines:", "    traces:"),
                        lines(
                            "  pipelines:",
                            "    traces/again:",
                            "      receivers: [otlp]",
                            "      exporters: [jaeger_storage_exporter]",
                            "    traces:")))
            .is("traces/shipped", "received -> stored", "stored"),
        fault(
                "Jaeger deletes an attribute of spans",
                p ->
                    p.change(
                        JAEGER,
                        "processors: [batch]",
                        "processors: [attributes/less, batch]",
                        "processors:\n  batch:\n",
                        lines(
                            "processors:",
                            "  attributes/less:",
                            "    actions: [{ key: http.route, action: delete }]",
                            "  batch:",
                            "")))
            .is("traces/kept", "received -> stored", "http.route"),
        fault(
                "Jaeger holds back what it received",
                p -> p.change(JAEGER, "timeout: 200ms", "timeout: 5m"))
            .is("trace/complete", "received -> stored", "notes"),
        fault("Jaeger forgets at once", p -> p.change(JAEGER, "max_traces: 10000", "max_traces: 1"))
            .is("trace/complete", "stored -> queryable", "notes"),
        fault(
                "one service of the shop makes no spans",
                p ->
                    p.change(
                        SAMPLES,
                        "DATABASE_USER: user\n",
                        "DATABASE_USER: user\n      OTEL_SDK_DISABLED: \"true\"\n"))
            .is("trace/complete", "created", "user"),
        fault("Jaeger forgets soon", p -> p.change(JAEGER, "max_traces: 10000", "max_traces: 60"))
            .is("trace/complete", "stored -> queryable", "went all the way"),
        fault("one service makes no spans", p -> p.misbehave("stamps", "makes-no-spans"))
            .is("trace/complete", "created", "stamps"),
        fault("one service exports no spans", p -> p.misbehave("stamps", "exports-no-spans"))
            .is("trace/complete", "created -> exported", "stamps"),
        fault("a tenth of its spans is dropped", p -> p.misbehave("notes", "drop-tenth"))
            .is("trace/complete", "created -> exported", "notes"),
        fault("a tenth of its spans is lost on the way", p -> p.misbehave("notes", "lose-tenth"))
            .is("trace/complete", "exported -> received", "notes"),
        fault("the trace is not passed on over a call", p -> p.misbehave("notes", "no-propagation"))
            .is("trace/complete", "created", "stamps"),
        fault(
                "the trace is not passed on over the broker",
                p -> p.misbehave("notes", "no-broker-propagation"))
            .is("trace/complete", "created", "notes.written"),
        fault("a clock is two minutes ahead", p -> p.misbehave("stamps", "clock-skew"))
            .is("trace/complete", "created", "stamps"));
  }

  static Stream<Fault> ofLogs() {
    return of(
        fault("Filebeat is stopped", p -> p.stop("filebeat"))
            .is("logs/exact", "written -> collected", "notes"),
        fault(
                "Filebeat looks for other files",
                p -> p.change(FILEBEAT, "/*-json.log*", "/*-text.log*"))
            .is("logs/exact", "written -> collected", "notes"),
        fault(
                "Filebeat takes the lines for another platform's",
                p -> p.change(LOGGING, "PLATFORM_NAME: ${PLATFORM_NAME:-demo}", "PLATFORM_NAME: x"))
            .is("logs/exact", "collected -> accepted", "notes"),
        fault("Filebeat drops one service's lines", p -> dropLinesOf(p, "stamps"))
            .is("logs/exact", "collected -> accepted", "stamps"),
        fault(
                "Filebeat drops the lines of a service that no journey reaches",
                p -> {
                  dropLinesOf(p, "prometheus");
                  p.restart("prometheus"); // which has something to say then
                })
            .is("logs/kept", "collected -> accepted", "prometheus"),
        fault(
                "the lines of a service that no journey reaches are stored twice",
                p -> {
                  p.change(
                      FILEBEAT,
                      "\nprocessors:\n",
                      lines(
                          "",
                          "  - type: filestream",
                          "    id: again",
                          "    paths: [/var/lib/docker/containers/*/*-json.log]",
                          "    prospector.scanner.check_interval: 1s",
                          "    parsers:",
                          "      - container: { stream: all, format: docker }",
                          "    processors:",
                          "      - drop_event:",
                          "          when.not.contains: { docker.attrs.tag: /prometheus/ }",
                          "      - add_fields: { target: \"\", fields: { stream: again } }",
                          "",
                          "processors:",
                          ""));
                  p.restart("prometheus");
                })
            .is("logs/kept", "collected -> accepted", "more than once"),
        fault(
                "Filebeat sends elsewhere",
                p -> p.change(FILEBEAT, "elasticsearch:9200", "elsewhere:9200"))
            .is("logs/exact", "collected -> accepted", "notes"),
        fault(
                "Elasticsearch refuses documents for their mapping",
                p -> p.mapLogs("{\"trace\": {\"type\": \"keyword\"}}"))
            .is("logs/exact", "collected -> accepted", "notes"),
        fault(
                "lines cannot be found by what they say",
                p -> p.mapLogs("{\"message\":{\"type\":\"text\",\"index\":false}}"))
            .is("logs/kept", "accepted -> searchable", "containers"),
        fault("the index is read-only", p -> p.setLogs("index.blocks.read_only", "true", "null"))
            .is("logs/exact", "collected -> accepted", "notes"),
        fault(
                "the index is never refreshed",
                p -> p.setLogs("index.refresh_interval", "\"-1\"", "\"1s\""))
            .is("logs/exact", "accepted -> searchable", "notes"),
        fault(
                "lines are stored in an index that nobody searches",
                p -> p.change(FILEBEAT, "index: filebeat-", "index: elsewhere-"))
            .is("logs/exact", "accepted -> searchable", "notes"),
        fault(
                "what lines say is cut off on the way",
                p -> processor(p, "truncate_fields:", "fields: [message]", "max_characters: 8"))
            .is("logs/exact", "collected -> accepted", "message is"),
        fault(
                "lines lose their level on the way",
                p -> processor(p, "drop_fields:", "fields: [log.level]"))
            .is("logs/exact", "collected -> accepted", "log.level is"),
        fault(
                "lines lose their service on the way",
                p -> processor(p, "drop_fields:", "fields: [service.name]"))
            .is("logs/exact", "collected -> accepted", "service.name is"),
        fault(
                "lines lose their container's name on the way",
                p -> processor(p, "drop_fields:", "fields: [container.name]"))
            .is("logs/exact", "collected -> accepted", "container.name"),
        fault("a service logs without trace ids", p -> p.misbehave("notes", "no-trace-ids"))
            .is("logs/exact", "written", "notes"),
        fault("a service logs span ids of no span", p -> p.misbehave("notes", "wrong-span-ids"))
            .is("logs/exact", "written", "name spans that it has not made"),
        fault("a service logs a secret", p -> p.misbehave("notes", "log-secret"))
            .is("logs/absent", "written", "notes"),
        fault("a clock is two minutes ahead", p -> p.misbehave("stamps", "clock-skew"))
            .is("logs/exact", "written", "stamps"));
  }

  static Stream<Fault> ofMetrics() {
    return of(
        fault(
                "a scrape target is relabelled away",
                p ->
                    job(
                        p,
                        "relabel_configs:",
                        "  - { source_labels: [__address__], regex: stamps.*, action: drop }"))
            .is("metrics/targets", "exposed -> scraped", "stamps"),
        fault("a scrape target's port is wrong", p -> p.change(JOBS, "stamps:9464", "stamps:9465"))
            .is("metrics/targets", "scraped", "stamps:9465"),
        fault(
                "a job scrapes another service",
                p -> p.change("stacks/tracing/prometheus/jobs.yaml", "jaeger:8888", "consul:8500"))
            .is("metrics/targets", "scraped", "jaeger"),
        fault(
                "a probe asks another service",
                p ->
                    p.change(
                        "stacks/data/prometheus/jobs.yaml",
                        "http://nats:8222/healthz",
                        "http://consul:8500/v1/status/leader"))
            .is("metrics/targets", "scraped", "of consul"),
        fault("a scrape takes more samples than allowed", p -> job(p, "sample_limit: 1"))
            .is("metrics/targets", "exposed -> scraped", "stamps"),
        fault(
                "one metric is dropped",
                p ->
                    job(
                        p,
                        "metric_relabel_configs:",
                        "  - { source_labels: [__name__], regex: messages_.+, action: drop }"))
            .is("metrics/rise", "scraped -> stored", "messages_handled_total"),
        fault("a service shows one metric no more", p -> p.misbehave("notes", "metric-missing"))
            .is("metrics/rise", "exposed", "http_server_requests_total"),
        fault("a service shows no exemplars", p -> p.misbehave("notes", "no-exemplars"))
            .is("metrics/rise", "exposed", "exemplar"),
        fault("a service's exemplars name no trace", p -> p.misbehave("notes", "wrong-exemplars"))
            .is("metrics/rise", "exposed", "no exemplar names"),
        fault(
                "Prometheus keeps no exemplars",
                p -> p.change(METRICS, "      - --enable-feature=exemplar-storage\n", ""))
            .is("metrics/rise", "scraped -> stored", "exemplar"),
        fault(
                "a rule file is not loaded",
                p -> p.change(PROMETHEUS, "  - /etc/alert-rules/services/*.rules.yaml\n", ""))
            .is("metrics/rules", "stored -> rule evaluated", "alert-rules/services/"),
        fault(
                "a rule file was changed and never reloaded",
                p ->
                    p.project()
                        .edit(
                            "alert-rules/services/availability.rules.yaml", "for: 30s", "for: 31s"))
            .is("config/drift", "written -> loaded", "availability.rules.yaml"));
  }

  static Stream<Fault> ofDashboards() {
    return of(
        fault(
                "a panel's query does not parse",
                p -> p.project().edit(PRODUCT, "sum by (method) (rate(", "sum by (method (rate("))
            .is("dashboards/panels", "stored -> queryable", "Calls"),
        fault(
                "a panel asks a Prometheus that Grafana is not given",
                p -> p.project().edit(PRODUCT, "\"uid\": \"prometheus\"", "\"uid\": \"elsewhere\""))
            .is("dashboards/panels", "", "no data source has the uid"),
        fault(
                "a panel asks for a job that is none",
                p -> p.project().edit(PRODUCT, "job=\\\"product\\\"", "job=\\\"prodct\\\""))
            .is("dashboards/panels", "stored", "there is no job prodct"),
        fault(
                "a panel asks for a label that its metric does not have",
                p -> p.project().edit(PRODUCT, "job=\\\"product\\\"", "mehtod=\\\"List\\\""))
            .is("dashboards/panels", "stored", "label mehtod"),
        fault(
                "a panel asks for a metric that was renamed",
                p ->
                    p.project()
                        .edit(PRODUCT, "hikaricp_pending_threads", "hikaricp_threads_waiting"))
            .is("dashboards/panels", "stored", "Waiting for a connection"));
  }

  static Stream<Fault> ofAlerts() {
    return of(
        fault(
                "the pushed metric is not scraped",
                p -> p.change(PROMETHEUS, "regex: platform_probe_.+", "regex: other_probe_.+"))
            .is("alerts/synthetic", "scraped -> stored", "PlatformProbe"),
        fault(
                "a rule waits longer than the deadline",
                p -> p.change(PROBE_RULE, PROBE_EXPR, lines(PROBE_EXPR, "        for: 5m")))
            .is("alerts/synthetic", "stored -> rule evaluated", "PlatformProbe"),
        fault(
                "Prometheus sends its alerts elsewhere",
                p -> p.change(PROMETHEUS, "[alertmanager:9093]", "[elsewhere:9093]"))
            .is("alerts/synthetic", "rule evaluated -> alert sent", "PlatformProbe"),
        fault(
                "another route catches the alert",
                p ->
                    p.change(
                        ALERTMANAGER,
                        "  routes:\n",
                        lines(
                            "  routes:",
                            "    - receiver: alert-inbox",
                            "      group_wait: 0s",
                            "      matchers: ['alertname =~ \"Platform.+\"']",
                            "")))
            .is("alerts/synthetic", "alert sent -> routed", "PlatformProbe"),
        fault(
                "its route is muted at all hours",
                p ->
                    p.change(
                        ALERTMANAGER,
                        "receivers:\n",
                        lines(
                            "time_intervals:",
                            "  - name: always",
                            "    time_intervals:",
                            "      - times: [{ start_time: '00:00', end_time: '24:00' }]",
                            "receivers:",
                            ""),
                        "      group_by: [\"...\"]\n",
                        lines(
                            "      group_by: [\"...\"]",
                            "      mute_time_intervals: [always]",
                            "")))
            .is("alerts/routes", "alert sent -> routed", "platform-probe (at times)"),
        fault(
                "a route holds an alert back for hours",
                p ->
                    p.change(
                        ALERTMANAGER,
                        "\nreceivers:\n",
                        lines(
                            "    - receiver: alert-inbox",
                            "      matchers: ['alertname = \"ServiceDown\"']",
                            "      group_wait: 4h",
                            "",
                            "receivers:",
                            "")))
            .is("alerts/routes", "alert sent -> routed", "alertmanager"),
        fault(
                "alerts lose their severity on the way",
                p ->
                    p.change(
                        PROMETHEUS,
                        "alerting:\n",
                        lines(
                            "alerting:",
                            "  alert_relabel_configs:",
                            "    - { regex: severity, action: labeldrop }",
                            "")))
            .is("alerts/routes", "rule evaluated -> alert sent", "without severity"),
        fault(
                "a rule asks for a metric that nobody has",
                p ->
                    p.change(
                        "alert-rules/services/availability.rules.yaml",
                        "max by (job) (up{",
                        "max by (job) (upp{"))
            .is("alerts/fed", "stored", "upp"),
        fault("a silence was left behind", p -> p.silence("alertname", "Platform.+"))
            .is("alerts/synthetic", "alert sent -> routed", "PlatformProbe"),
        fault(
                "the URL of the receiver for proving is wrong",
                p ->
                    p.change(
                        ALERTMANAGER,
                        receiver("platform-probe", INBOX_URL),
                        elsewhere("platform-probe")))
            .is("alerts/synthetic", "routed -> delivered", "PlatformProbe"),
        fault(
                "the URL of production's receiver is wrong",
                p ->
                    p.change(
                        ALERTMANAGER, receiver("alert-inbox", INBOX_URL), elsewhere("alert-inbox")))
            .is("alerts/routed", "routed -> delivered", "alert-inbox"),
        fault("silences cover production's alerts", p -> p.silence("severity", "critical|warning"))
            .is("alerts/silences", "alert sent -> routed", "left behind"),
        fault(
                "the end of an alert is not told",
                p -> p.change(ALERTMANAGER, "send_resolved: true", "send_resolved: false"))
            .is("alerts/synthetic", "routed -> delivered", "PlatformProbe"),
        fault(
                "of a group of alerts only the first is told",
                p -> p.change(ALERTMANAGER, "send_resolved: true", "max_alerts: 1"))
            .is("alerts/routes", "routed -> delivered", "max_alerts"));
  }

  static Stream<Fault> ofServices() {
    return of(
        fault(
                "a service is taken out of the registry",
                p -> {
                  p.deregister(p.instance("stamps"));
                  p.afterwards(() -> p.restart("stamps"));
                })
            .is("registry/passing", "registered", "stamps"),
        fault(
                "a service is registered at a port where nobody listens",
                p -> {
                  p.deregister(p.instance("stamps"));
                  p.afterwards(() -> p.restart("stamps"));
                  p.register("stamps", p.instance("stamps"), "stamps", "null");
                })
            .is("registry/passing", "registered -> passing", "nobody listens"),
        fault(
                "a service registers under another name",
                p -> p.misbehave("stamps", "registers-elsewhere"))
            .is("registry/passing", "registered", "stamps"),
        fault(
                "a service is registered twice, the second instance being dead",
                p -> {
                  String check = "{\"HTTP\":\"http://127.0.0.1:1/readyz\",\"Interval\":\"1s\"}";
                  p.register("stamps", "stamps-dead", "127.0.0.1", check);
                })
            .is("registry/passing", "registered -> passing", "stamps-dead"),
        fault(
                "a dead instance that nobody checks is registered too",
                p -> p.register("stamps", "stamps-dead", "127.0.0.1", "null"))
            .is("registry/passing", "registered -> passing", "stamps-dead"),
        fault(
                "a dead instance passes in the place of the real one",
                p -> {
                  p.deregister(p.instance("stamps"));
                  p.afterwards(() -> p.restart("stamps"));
                  p.register("stamps", "stamps-dead", "127.0.0.1", "null");
                })
            .is("registry/passing", "registered", "stamps"),
        fault(
                "a value in Consul was changed by hand",
                p -> p.keep("config/category/page-size", "50", "20"))
            .is("config/drift", "written -> loaded", "kv/category.yaml"),
        fault("a service does not see its configuration", p -> p.misbehave("stamps", "kv-deaf"))
            .is("kv/seen", "written -> loaded", "stamps"));
  }

  static Stream<Fault> ofTheShop() {
    return of(
        fault(
                "nobody knows which names are taken",
                p ->
                    p.data(
                        "user",
                        "DROP INDEX account_name",
                        "CREATE UNIQUE INDEX account_name ON account (lower(name))"))
            .is("journey/steps", "", "sign-up"),
        fault(
                "whoever signs up is an admin",
                p ->
                    p.data(
                        "user",
                        "ALTER TABLE account ALTER role SET DEFAULT 'admin'",
                        "ALTER TABLE account ALTER role SET DEFAULT 'customer'"))
            .is("journey/steps", "", "wrong-role"),
        fault(
                "nobody is locked out",
                p ->
                    p.change(
                        SAMPLES, "PASSWORD_COST:", "LOCKOUT_FAILURES: 1000\n      PASSWORD_COST:"))
            .is("journey/steps", "", "right-but-late"),
        fault(
                "category follows a file instead of Consul",
                p ->
                    p.change(
                        SAMPLES,
                        "DATABASE_USER: category",
                        "CONFIG: file\n      DATABASE_USER: category"))
            .is("journey/steps", "", "$.page_size"),
        fault("order takes no messages", p -> p.stop("order"))
            .is("journey/steps", "", "view-order"),
        fault(
                "a product is called otherwise",
                p ->
                    p.data(
                        "product",
                        "UPDATE product SET name = 'Walnut plank' WHERE id = 'p-03'",
                        "UPDATE product SET name = 'Walnut cutting board' WHERE id = 'p-03'"))
            .is("journey/steps", "", "$.products[0].id"),
        fault(
                "product runs once",
                p -> p.change(SAMPLES, "deploy: { replicas: 2 }", "deploy: { replicas: 1 }"))
            .is("metrics/rise", "exposed", "1 instances instead of 2"),
        fault("nobody is limited", p -> p.change(SAMPLES, "${RATE_LIMIT:-20/s}", "\"\""))
            .is("journey/steps", "", "step hurry"),
        fault("greeter does not run", p -> p.stop("greeter")).is("journey/steps", "", "greet"));
  }

  /** Adds a processor at the end of Filebeat's. */
  private static void processor(FaultPlatform platform, String name, String... settings) {
    String last = lines("      fields: [__outside]", "      ignore_missing: true", "");
    String added = "  - %s\n      %s\n".formatted(name, String.join("\n      ", settings));
    platform.change(FILEBEAT, last, last + added);
  }

  /** Has Filebeat drop the lines of a service as it drops its own. */
  private static void dropLinesOf(FaultPlatform platform, String service) {
    String own = lines("          - equals:", "              __outside.service: filebeat");
    platform.change(FILEBEAT, own, own + "\n" + own.replace("filebeat", service));
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }

  /** Adds to the scrape job of stamps. */
  private static void job(FaultPlatform platform, String... settings) {
    String name = "job_name: stamps";
    platform.change(JOBS, name, name + "\n    " + String.join("\n    ", settings));
  }

  private static String receiver(String name, String url) {
    return "  - name: %s\n    webhook_configs:\n      - url: %s".formatted(name, url);
  }

  private static String elsewhere(String name) {
    return receiver(name, "http://elsewhere:8080/alertmanager");
  }
}
