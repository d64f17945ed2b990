package dev.platformkit.backend;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Whether somebody listens at an address; nothing is said to whoever does. */
public enum TcpDoor {
  /** Somebody does. */
  OPEN,
  /** The connection is refused: nobody does. */
  REFUSED,
  /** The address cannot be reached from here, which says nothing about it. */
  UNKNOWN;

  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** Knocks once. */
  public static TcpDoor at(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
      return OPEN;
    } catch (ConnectException e) {
      return String.valueOf(e.getMessage()).contains("refused") ? REFUSED : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
