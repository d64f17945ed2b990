package dev.platformkit.kit.nats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** As much of a NATS server as our client uses: subjects without wildcards, and queue groups. */
final class FakeNats implements AutoCloseable {
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<Interest> interests = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> turns = new HashMap<>();

  private record Interest(String subject, String group, String id, Socket client) {}

  FakeNats() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI uri() {
    return URI.create("nats://127.0.0.1:" + server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // Closed by the test: nobody is left to tell.
        assert server.isClosed() : e;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      send(
          client,
          "INFO {\"server_id\":\"fake\",\"version\":\"2.10.0\",\"proto\":1,\"headers\":true,"
              + "\"host\":\"127.0.0.1\",\"port\":1,\"max_payload\":1048576}\r\n");
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        obey(client, in, line.split(" ", -1));
      }
    } catch (IOException e) {
      // The client has gone, as clients may.
      assert client.isClosed() : e;
    } finally {
      interests.removeIf(interest -> interest.client() == client);
    }
  }

  private void obey(Socket client, DataInputStream in, String[] words) throws IOException {
    switch (words[0]) {
      case "PING" -> send(client, "PONG\r\n");
      case "SUB" ->
          interests.add(
              new Interest(words[1], words.length == 4 ? words[2] : "", last(words), client));
      case "UNSUB" ->
          interests.removeIf(each -> each.client() == client && each.id().equals(words[1]));
      case "PUB", "HPUB" -> {
        byte[] content = in.readNBytes(Integer.parseInt(last(words)) + 2);
        boolean headers = words[0].equals("HPUB");
        String lengths = headers ? words[words.length - 2] + " " + last(words) : last(words);
        deliver(headers ? "HMSG" : "MSG", words[1], lengths, content);
      }
      default -> {}
    }
  }

  private synchronized void deliver(String kind, String subject, String lengths, byte[] content)
      throws IOException {
    Map<String, List<Interest>> groups =
        interests.stream()
            .filter(each -> each.subject().equals(subject))
            .collect(Collectors.groupingBy(Interest::group));
    for (Map.Entry<String, List<Interest>> group : groups.entrySet()) {
      int turn = turns.merge(group.getKey(), 1, Integer::sum);
      Interest chosen = group.getValue().get(turn % group.getValue().size());
      String head = kind + " " + subject + " " + chosen.id() + " " + lengths + "\r\n";
      OutputStream out = chosen.client().getOutputStream();
      synchronized (chosen.client()) {
        out.write(head.getBytes(US_ASCII));
        out.write(content);
      }
    }
  }

  private static void send(Socket client, String text) throws IOException {
    synchronized (client) {
      client.getOutputStream().write(text.getBytes(US_ASCII));
    }
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static String last(String[] words) {
    return words[words.length - 1];
  }
}
