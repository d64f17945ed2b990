package dev.platformkit.elasticsearch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.cli.UserException;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.mapper.MapperExtrasPlugin;
import org.elasticsearch.index.rankeval.RankEvalPlugin;
import org.elasticsearch.join.ParentJoinPlugin;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.node.NodeValidationException;
import org.elasticsearch.percolator.PercolatorPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.reindex.ReindexPlugin;
import org.elasticsearch.script.mustache.MustachePlugin;
import org.elasticsearch.search.aggregations.matrix.MatrixAggregationPlugin;
import org.elasticsearch.transport.Netty4Plugin;
import org.elasticsearch.xpack.core.XPackPlugin;

/**
 * One Elasticsearch node whose modules come from the class path, because the distribution that
 * would hold them as folders is not published where jars are.
 *
 * <p>Configured like the official image: {@code elasticsearch.yml} and {@code log4j2.properties} in
 * the directory of {@code -Des.path.conf}, and over them every environment variable that is named
 * like a setting ({@code discovery.type}). Not a subclass of the distribution's own bootstrap: that
 * one insists on a security manager and on plugin folders.
 */
public final class EmbeddedNode extends Node {

  private static final List<Class<? extends Plugin>> MODULES =
      List.of(
          Netty4Plugin.class,
          ReindexPlugin.class,
          MustachePlugin.class,
          MapperExtrasPlugin.class,
          ParentJoinPlugin.class,
          PercolatorPlugin.class,
          RankEvalPlugin.class,
          MatrixAggregationPlugin.class,
          XPackPlugin.class, // the basic licence, without which Filebeat refuses to send
          AbsentModules.class);

  private static final Pattern SETTING = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)+");

  private EmbeddedNode(Environment environment, Collection<Class<? extends Plugin>> modules) {
    super(environment, modules, true);
  }

  /**
   * Runs until the process is asked to end; leaves with 1 and the reason when the node cannot
   * start.
   */
  public static void main(String[] args) throws InterruptedException {
    try {
      startNode();
    } catch (Exception | LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      Logger log = LogManager.getLogger(EmbeddedNode.class);
      log.fatal("the node does not start", e);
      log.fatal("the node does not start: {}", cause.getMessage()); // last, where people look
      System.exit(1); // threads of a half-started node would keep the process alive
    }
    new CountDownLatch(1).await();
  }

  private static void startNode() throws IOException, UserException, NodeValidationException {
    Path home = Path.of(System.getProperty("es.path.home"));
    Path config = Path.of(System.getProperty("es.path.conf"));
    LogConfigurator.registerErrorListener();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(
            settingsOf(System.getenv()),
            Map.of("path.home", home.toString()),
            config,
            () -> System.getenv().getOrDefault("HOSTNAME", "elasticsearch"));
    LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(environment.settings()));
    LogConfigurator.configure(environment);

    EmbeddedNode node = new EmbeddedNode(environment, MODULES);
    Runtime.getRuntime().addShutdownHook(new Thread(node::stop, "stop"));
    node.start();
  }

  static Settings settingsOf(Map<String, String> environment) {
    Settings.Builder settings = Settings.builder();
    environment.forEach(
        (name, value) -> {
          if (SETTING.matcher(name).matches()) {
            settings.put(name, value);
          }
        });
    return settings.build();
  }

  private void stop() {
    try {
      close();
      if (!awaitClose(10, TimeUnit.SECONDS)) {
        LogManager.getLogger(EmbeddedNode.class).warn("some requests did not end within 10 s");
      }
    } catch (IOException | InterruptedException e) {
      LogManager.getLogger(EmbeddedNode.class).error("closing the node failed", e);
    }
    LogManager.shutdown();
  }
}
