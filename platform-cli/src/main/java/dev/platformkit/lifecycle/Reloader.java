package dev.platformkit.lifecycle;

import dev.platformkit.stack.Service;
import java.util.Optional;

/** Tells a server to read its files again. */
interface Reloader {
  /**
   * Asks once, and waits a few seconds at most.
   *
   * @param port where the service's port is published on 127.0.0.1
   * @return empty when the server says that it has, else what it said instead; it then goes on with
   *     what it read before
   */
  Optional<String> reload(Service.Reload how, int port);
}
