package dev.platformkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.platformkit.engine.AptSources.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {
  @Test
  void aLineIsASource() {
    assertThat(
            AptSources.lines(
                """
                # deb http://commented.example/debian bookworm main
                deb http://mirror.example/debian bookworm main contrib # the usual one
                deb-src http://mirror.example/debian bookworm main
                """))
        .containsExactly(
            new Source(
                "http://mirror.example/debian",
                List.of("bookworm"),
                List.of("main", "contrib"),
                Optional.empty()));
  }

  @Test
  void aLinesOptionsNameTheKeys() {
    assertThat(
            AptSources.lines(
                "deb [ arch=amd64 signed-by=/keys/d.gpg ] https://mirror.example/d trixie main"))
        .containsExactly(
            new Source(
                "https://mirror.example/d",
                List.of("trixie"),
                List.of("main"),
                Optional.of(Path.of("/keys/d.gpg"))));
  }

  @Test
  void aParagraphIsASourceForEachAddress() {
    assertThat(
            AptSources.paragraphs(
                """
                Types: deb deb-src
                # where it once was
                URIs: http://one.example/debian http://two.example/debian
                Suites: bookworm
                 bookworm-updates
                Components: main
                Signed-By: /keys/d.gpg

                Types: deb-src
                URIs: http://sources.example/debian
                Suites: bookworm
                Components: main

                Enabled: no
                Types: deb
                URIs: http://off.example/debian
                Suites: bookworm
                Components: main
                """))
        .extracting(Source::uri, Source::suites)
        .containsExactly(
            tuple("http://one.example/debian", List.of("bookworm", "bookworm-updates")),
            tuple("http://two.example/debian", List.of("bookworm", "bookworm-updates")));
  }

  @Test
  void keysThatStandInTheSourceItselfAreNoFile() {
    assertThat(
            AptSources.paragraphs(
                """
                Types: deb
                URIs: http://mirror.example/debian
                Suites: bookworm
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 mQINBGD
                 -----END PGP PUBLIC KEY BLOCK-----
                """))
        .singleElement()
        .satisfies(source -> assertThat(source.signedBy()).isEmpty());
  }

  @Test
  void theMirrorOfAReleaseIsFoundAmongOthers(@TempDir Path etcApt) throws IOException {
    Files.writeString(
        etcApt.resolve("sources.list"), "deb cdrom:[Debian] bookworm main\ndeb-src x y z\n");
    Path parts = Files.createDirectory(etcApt.resolve("sources.list.d"));
    Files.writeString(parts.resolve("a.list"), "deb https://node.example nodistro main\n");
    Files.writeString(
        parts.resolve("debian.sources"),
        "Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n");
    Files.writeString(parts.resolve("b.list.save"), "deb http://old.example bookworm main\n");

    AptSources sources = AptSources.read(etcApt);

    assertThat(sources.serving("bookworm").map(Source::uri))
        .contains("http://mirror.example/debian");
    assertThat(sources.serving("trixie")).isEmpty();
  }
}
