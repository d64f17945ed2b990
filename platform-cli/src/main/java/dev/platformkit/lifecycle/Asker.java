package dev.platformkit.lifecycle;

import dev.platformkit.stack.Readiness;
import java.util.Optional;

/** Asks a server from outside whether it is ready. */
interface Asker {
  /**
   * Asks once, and waits a second or two at most.
   *
   * @param port where the service's port is published on 127.0.0.1
   * @return empty when it is ready, else what it answered instead
   */
  Optional<String> ask(Readiness.Http question, int port);
}
