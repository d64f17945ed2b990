package dev.platformkit.kit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.function.Predicate;

/** Where the next page of a list goes on: after what. Opaque to callers, who only hand it back. */
public final class PageToken {
  private static final String FORM = "after:";

  private PageToken() {}

  /** What to hand out with a page that ends with this. */
  public static String after(String last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString((FORM + last).getBytes(UTF_8));
  }

  /**
   * What the page before ended with; empty for the first page.
   *
   * @param possible whether a page can have ended with this
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT for what was never handed out
   */
  public static String last(String token, Predicate<String> possible) {
    if (token.isEmpty()) {
      return "";
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      String last = text.startsWith(FORM) ? text.substring(FORM.length()) : "";
      if (!last.isEmpty() && possible.test(last)) {
        return last;
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("page_token", "is none that was handed out: " + e.getMessage())
          .asException();
    }
    throw Refusal.invalid("page_token", "is none that was handed out").asException();
  }
}
