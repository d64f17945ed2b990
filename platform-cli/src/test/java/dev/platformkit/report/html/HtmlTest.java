package dev.platformkit.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void noTextIsMarkup() {
    assertThat(new Html().element("p", "<script>&amp;</p>").page())
        .contains("<p>&lt;script&gt;&amp;amp;&lt;/p&gt;</p>");
  }

  @Test
  void noValueEndsItsAttribute() {
    assertThat(new Html().element("p", "", "title", "\" onclick='x' <b> &").page())
        .contains("<p title=\"&quot; onclick='x' &lt;b&gt; &amp;\"></p>");
  }

  @Test
  void controlCharactersAreMadeVisible() {
    assertThat(new Html().element("p", "a\u001b[31m\u0000\r\u009bb\tc\nd").page())
        .contains("<p>a\\u001b[31m\\u0000\\u000d\\u009bb\tc\nd</p>");
  }

  @Test
  void whatTurnsTheDirectionOfTextIsMadeVisible() {
    assertThat(new Html().element("p", "a\u202eb\u2066c").page())
        .contains("<p>a\\u202eb\\u2066c</p>");
  }

  @Test
  void whatIsNotInAsciiStays() {
    assertThat(new Html().element("p", "✓ é 漢 😀").page()).contains("<p>✓ é 漢 😀</p>");
  }

  @Test
  void anAttributeWithoutValueIsLeftOut() {
    assertThat(new Html().element("p", "x", "class", "").page()).contains("<p>x</p>");
  }

  @Test
  void namesAndNestingAreNotLeftToChance() {
    assertThatThrownBy(() -> new Html().open("p onclick"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Html().open("p", "a b", "c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Html().open("p", "title"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Html().open("p").page()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Html().style("</style>"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
