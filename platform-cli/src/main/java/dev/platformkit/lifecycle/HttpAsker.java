package dev.platformkit.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.stack.Readiness;
import dev.platformkit.stack.Service;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;

/**
 * Asks over HTTP. A bare connection would prove nothing: the engine's proxy accepts it before the
 * server listens.
 */
final class HttpAsker implements Asker, Reloader {
  private static final int CONNECT_MILLIS = 1000;
  private static final int ANSWER_MILLIS = 2500;
  private static final int READ_AT_MOST = 64 * 1024;
  private static final int SHOWN = 160;

  @Override
  public Optional<String> ask(Readiness.Http question, int port) {
    return send("GET", port, question.path(), question.body());
  }

  @Override
  public Optional<String> reload(Service.Reload how, int port) {
    return send("POST", port, how.path(), Optional.empty());
  }

  private static Optional<String> send(
      String method, int port, String path, Optional<String> expected) {
    String url = "http://127.0.0.1:" + port + path;
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      connection.setInstanceFollowRedirects(false);
      try {
        int status = connection.getResponseCode();
        return judge(expected, url, status, body(connection, status));
      } finally {
        connection.disconnect();
      }
    } catch (SocketTimeoutException e) {
      return Optional.of(url + " does not answer in time");
    } catch (ConnectException e) {
      return Optional.of(url + " refuses the connection");
    } catch (IOException e) {
      return Optional.of(url + " does not answer (" + e.getMessage() + ")");
    }
  }

  private static Optional<String> judge(
      Optional<String> expected, String url, int status, String body) {
    if (status < 200 || status > 299) {
      return Optional.of(url + " answers " + (status + " " + oneLine(body)).strip());
    }
    return expected
        .filter(text -> !body.contains(text))
        .map(text -> url + " answers without \"" + text + "\": " + oneLine(body).strip());
  }

  private static String body(HttpURLConnection connection, int status) throws IOException {
    try (InputStream stream =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return stream == null ? "" : new String(stream.readNBytes(READ_AT_MOST), UTF_8);
    }
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
