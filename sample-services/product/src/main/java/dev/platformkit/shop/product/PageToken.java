package dev.platformkit.shop.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.kit.contract.Refusal;
import java.util.Base64;
import java.util.regex.Pattern;

/** Where the next page goes on: after this id. Opaque to callers, who only hand it back. */
final class PageToken {
  private static final String FORM = "after:";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private PageToken() {}

  /** What cannot be an id need not be asked for; the database would not even take all of it. */
  static boolean possible(String id) {
    return ID.matcher(id).matches();
  }

  static String after(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString((FORM + id).getBytes(UTF_8));
  }

  /** The id in a token; empty for the first page. */
  static String id(String token) {
    if (token.isEmpty()) {
      return "";
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      String id = text.startsWith(FORM) ? text.substring(FORM.length()) : "";
      if (possible(id)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("page_token", "is none that was handed out: " + e.getMessage())
          .asException();
    }
    throw Refusal.invalid("page_token", "is none that was handed out").asException();
  }
}
