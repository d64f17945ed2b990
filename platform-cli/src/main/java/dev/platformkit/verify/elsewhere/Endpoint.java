package dev.platformkit.verify.elsewhere;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Access;
import dev.platformkit.backend.HttpServer;
import dev.platformkit.source.Position;
import okhttp3.OkHttpClient;

/**
 * One server of a target file.
 *
 * @param position where the file names it
 * @param url its base, which ends in a slash
 * @param curl the options that give curl the same access, with the commands that fetch the secrets
 *     in the place of secrets; starts with a blank or is empty
 */
record Endpoint(String name, Position position, String url, Access access, String curl) {
  Endpoint {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(url, "url is null");
    requireNonNull(access, "access is null");
    requireNonNull(curl, "curl is null");
  }

  /** Whether anything is sent along that says who asks. */
  boolean identified() {
    return curl.contains(" -H ") || curl.contains(" -u ");
  }

  HttpServer on(OkHttpClient client) {
    return HttpServer.at(access.on(client), name, url);
  }
}
