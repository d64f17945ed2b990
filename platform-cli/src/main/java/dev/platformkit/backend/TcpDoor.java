package dev.platformkit.backend;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Whether somebody listens at an address; nothing is said to whoever does. */
public final class TcpDoor {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private TcpDoor() {}

  /**
   * Whether a connection is refused, which only whoever owns the address can do. An address that
   * cannot be reached from here does not refuse: nothing is known of it.
   */
  public static boolean refuses(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
      return false;
    } catch (ConnectException e) {
      return String.valueOf(e.getMessage()).contains("refused");
    } catch (IOException e) {
      return false;
    }
  }
}
