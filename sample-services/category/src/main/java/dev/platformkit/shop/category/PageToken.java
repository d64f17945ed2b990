package dev.platformkit.shop.category;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.kit.contract.Refusal;
import java.util.Base64;

/** Where the next page goes on: after this name. Opaque to callers, who only hand it back. */
final class PageToken {
  private static final String FORM = "after:";

  private PageToken() {}

  static String after(String name) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString((FORM + name).getBytes(UTF_8));
  }

  /** The name in a token; empty for the first page. */
  static String name(String token) {
    if (token.isEmpty()) {
      return "";
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      if (text.startsWith(FORM) && text.length() > FORM.length() && text.indexOf('\0') < 0) {
        return text.substring(FORM.length());
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("page_token", "is none that was handed out: " + e.getMessage())
          .asException();
    }
    throw Refusal.invalid("page_token", "is none that was handed out").asException();
  }
}
