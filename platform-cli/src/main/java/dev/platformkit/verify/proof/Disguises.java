package dev.platformkit.verify.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text, and how it looks when it was escaped for JSON, once or twice, for a URL, or written in
 * base64 with something before and after it, as in {@code Authorization: Basic}.
 */
record Disguises(List<String> forms) {
  private static final int SHORTEST_IN_BASE64 = 8;

  Disguises {
    forms = List.copyOf(forms);
  }

  static Disguises of(String text) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(text);
    String once = json(text);
    forms.add(once);
    forms.add(json(once));
    forms.add(once.replace("/", "\\/"));
    forms.add(URLEncoder.encode(text, UTF_8));
    forms.add(URLEncoder.encode(text, UTF_8).replace("+", "%20"));
    byte[] bytes = text.getBytes(UTF_8);
    for (int before = 0; before < 3 && bytes.length >= SHORTEST_IN_BASE64; before++) {
      forms.add(base64(bytes, before));
    }
    return new Disguises(List.copyOf(forms));
  }

  /** Whether a text holds it, in whatever form. */
  boolean in(String whole) {
    return forms.stream().anyMatch(whole::contains);
  }

  private static String json(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  /** What of its base64 is the same whatever stands beside it, after so many other bytes. */
  private static String base64(byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int whole = shifted.length / 3 * 4;
    int own = before == 0 ? 0 : 4;
    return encoded.substring(own, whole);
  }
}
