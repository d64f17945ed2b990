package dev.platformkit.shop.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Preconditions;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.io.Resources;
import dev.platformkit.kit.http.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A page to try the API with, in one file that asks nobody but the gateway for anything. Its policy
 * allows the very script and style that it came with, by their hashes, and nothing else.
 */
final class TryPage {
  private final HttpReply reply;

  private TryPage(HttpReply reply) {
    this.reply = reply;
  }

  static TryPage load() {
    try {
      String page = Resources.toString(Resources.getResource(TryPage.class, "try.html"), UTF_8);
      return new TryPage(
          new HttpReply(
              200,
              "text/html; charset=utf-8",
              Map.of(
                  "Content-Security-Policy",
                  "default-src 'none'; connect-src 'self'; script-src %s; style-src %s;"
                          .formatted(hash(page, "script"), hash(page, "style"))
                      + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                  "X-Content-Type-Options",
                  "nosniff",
                  "Referrer-Policy",
                  "no-referrer"),
              page));
    } catch (IOException e) {
      throw new UncheckedIOException("try.html cannot be read", e);
    }
  }

  HttpReply reply() {
    return reply;
  }

  private static String hash(String page, String element) {
    String open = "<" + element + ">";
    int from = page.indexOf(open) + open.length();
    int to = page.indexOf("</" + element + ">");
    Preconditions.checkState(from >= open.length() && to > from, "try.html has no %s", open);
    return "'sha256-"
        + BaseEncoding.base64()
            .encode(Hashing.sha256().hashString(page.substring(from, to), UTF_8).asBytes())
        + "'";
  }
}
