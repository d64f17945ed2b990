package dev.platformkit.kit.log;

import ch.qos.logback.classic.BasicConfigurator;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Everything the process logs, through whatever library, becomes one ECS object per line on
 * standard output:
 *
 * <pre>
 * {"@timestamp":"…","log.level":"INFO","message":"CartService/AddItem OK in 12 ms",
 *  "service.name":"cart","trace.id":"…","span.id":"…","process.thread.name":"…","log.logger":"…"}
 * </pre>
 *
 * Set up in code, since reading an XML file costs a tenth of the start.
 */
public final class Logs {
  /** What libraries say below this is about themselves, not about a request. */
  private static final List<String> QUIET =
      List.of("org.apache.http", "org.eclipse.jetty", "com.zaxxer.hikari", "org.flywaydb");

  private Logs() {}

  /**
   * Found by logback before it goes looking for a configuration file. Until a service takes over,
   * as in a unit test, only what is wrong is said.
   */
  public static final class UntilStarted extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
      BasicConfigurator toConsole = new BasicConfigurator();
      toConsole.setContext(context);
      toConsole.configure(context);
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
      return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
  }

  /**
   * The level of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Level level(String name) {
    Level level = Level.toLevel(name, null);
    if (level == null) {
      throw new IllegalArgumentException(name + " is no log level");
    }
    return level;
  }

  /** From now on, what is below this is not logged. */
  public static void least(Level level) {
    ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
        .setLevel(level);
  }

  /**
   * Takes over the process's logging.
   *
   * @throws IllegalArgumentException if there is no such level
   */
  public static void start(String service, String level, CollectorRegistry metrics) {
    Level least = level(level);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();

    TracedEcsEncoder encoder = new TracedEcsEncoder();
    encoder.setContext(context);
    encoder.setServiceName(service);
    encoder.start();

    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();

    LineCounter counter = new LineCounter(service, metrics);
    counter.setContext(context);
    counter.start();

    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(least);
    root.addAppender(console);
    root.addAppender(counter);
    QUIET.forEach(name -> context.getLogger(name).setLevel(Level.WARN));

    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
