package dev.platformkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommentTest {
  @Test
  void aCommentKnowsItsPlaceAndWhetherItStandsAlone() {
    List<Comment> comments = of("# one\na: 1 # two\n");

    assertThat(comments).extracting(Comment::text).containsExactly("one", "two");
    assertThat(comments).extracting(Comment::alone).containsExactly(true, false);
    assertThat(comments.get(1).position()).hasToString("f.yaml:2:6");
  }

  @Test
  void aHashInAValueIsNoComment() {
    assertThat(of("a: \"x # y\"\nb: 'x # y'\nc: x#y\nd: |\n  x # y\ne: >\n  # z\n")).isEmpty();
  }

  @Test
  void aCommentAfterABlockOfTextIsOne() {
    assertThat(of("a:\n  b: |\n    text\n  # after\n  c: 1\n"))
        .extracting(Comment::text)
        .containsExactly("after");
  }

  @Test
  void aFileThatTheParserCannotReadWithCommentsIsReadWithoutThem() {
    assertThat(of("x: &x\n  # platform\n  a: 1\n")).hasSize(1);
  }

  private static List<Comment> of(String text) {
    return Comment.ofYaml(SourceFile.of(Path.of("f.yaml"), "f.yaml", text));
  }
}
