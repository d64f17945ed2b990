package dev.platformkit.shop.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.http.HttpReply;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TryPageTest {
  private final HttpReply page = TryPage.load().reply();
  private final String policy = page.headers().get("Content-Security-Policy");

  @Test
  void onlyItsOwnScriptAndStyleAreAllowed() throws Exception {
    assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe");
    for (String element : new String[] {"script", "style"}) {
      Matcher found =
          Pattern.compile("<%1$s>(.*)</%1$s>".formatted(element), Pattern.DOTALL)
              .matcher(page.body());
      assertThat(found.find()).as(element).isTrue();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(found.group(1).getBytes(UTF_8));
      assertThat(policy)
          .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
  }

  @Test
  void itAsksNobodyElseForAnything() {
    assertThat(page.body()).doesNotContain("http:", "https:", "src=", "@import", "url(");
  }

  @Test
  void nothingInItNeedsWhatThePolicyForbids() {
    assertThat(page.body())
        .doesNotContain(" style=", "innerHTML", "eval(", "document.write")
        .doesNotContainPattern(" on[a-z]+=\"");
  }

  @Test
  void everyFieldHasALabelAndAnswersAreAnnounced() {
    Matcher labelled = Pattern.compile("<(?:input|select) id=\"([^\"]+)\"").matcher(page.body());
    int fields = 0;
    while (labelled.find()) {
      assertThat(page.body()).contains("<label for=\"" + labelled.group(1) + "\"");
      fields++;
    }
    assertThat(fields).isEqualTo(2);
    assertThat(page.body()).contains("<html lang=\"en\">", "aria-live=\"polite\"");
  }
}
