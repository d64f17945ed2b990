package dev.platformkit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadableLineTest {
  @Test
  void ofAnEcsLineStayLevelMessageErrorAndTrace() {
    assertThat(
            ReadableLine.of(
                """
                {"@timestamp":"2026-01-01T12:00:00Z","log.level":"error","message":"cannot open",\
                "error.message":"refused","error.type":"java.net.ConnectException","trace.id":"4bf9"}"""))
        .hasToString("ERROR cannot open: refused [java.net.ConnectException]  trace=4bf9");
  }

  @Test
  void otherNamesForTheSameAreKnown() {
    assertThat(ReadableLine.of("{\"level\":\"info\",\"ts\":1,\"msg\":\"ready\"}"))
        .hasToString("INFO ready");
    assertThat(ReadableLine.of("{\"log\":{\"level\":\"warn\"},\"message\":\"slow\"}"))
        .hasToString("WARN slow");
  }

  @Test
  void whatIsNoJsonOrHasNoMessageStaysAsItIs() {
    assertThat(ReadableLine.of("FATAL: no  such user ")).hasToString("FATAL: no  such user");
    assertThat(ReadableLine.of("{not json}")).hasToString("{not json}");
    assertThat(ReadableLine.of("{\"a\":1}")).hasToString("{\"a\":1}");
  }
}
