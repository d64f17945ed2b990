package dev.platformkit.report.ruletests;

import dev.platformkit.rule.Failure;
import dev.platformkit.rule.RuleTestRun;
import dev.platformkit.rule.RuleTestRun.FileResult;
import dev.platformkit.rule.TestFile;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What became of rule tests as JUnit's XML: a suite per file, a case per test. A file that could
 * not be tested at all is an error of a case named after it.
 */
public final class RuleTestsJunit {
  private RuleTestsJunit() {}

  public static String of(RuleTestRun run) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml, 0);
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "platform test-rules");
      xml.writeAttribute("time", seconds(run.took()));
      for (FileResult result : run.files()) {
        suite(xml, result);
      }
      line(xml, 0);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text can always be written", e);
    }
    return text.append('\n').toString();
  }

  private static void suite(XMLStreamWriter xml, FileResult result) throws XMLStreamException {
    List<Failure> whole = result.failures().stream().filter(f -> !isOfATest(result, f)).toList();
    List<TestFile.Test> tests = result.file().tests();
    long failed = tests.stream().filter(test -> !of(result, test).isEmpty()).count();
    line(xml, 1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", result.file().shownAs());
    xml.writeAttribute("tests", Integer.toString(tests.size() + (whole.isEmpty() ? 0 : 1)));
    xml.writeAttribute("failures", Long.toString(failed));
    xml.writeAttribute("errors", whole.isEmpty() ? "0" : "1");
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("time", seconds(result.took()));
    for (TestFile.Test test : tests) {
      String name = test.name().isEmpty() ? "line " + test.position().line() : test.name();
      testcase(xml, result, name, "failure", of(result, test));
    }
    if (!whole.isEmpty()) {
      testcase(xml, result, result.file().shownAs(), "error", whole);
    }
    line(xml, 1);
    xml.writeEndElement();
  }

  private static boolean isOfATest(FileResult result, Failure failure) {
    return result.file().tests().stream().anyMatch(test -> isOf(result, failure, test));
  }

  private static List<Failure> of(FileResult result, TestFile.Test test) {
    return result.failures().stream().filter(failure -> isOf(result, failure, test)).toList();
  }

  /** A failure belongs to the test whose expectation stands at its place. */
  private static boolean isOf(FileResult result, Failure failure, TestFile.Test test) {
    return result.file().expectations().stream()
        .anyMatch(e -> e.test().equals(test) && e.position().equals(failure.position()));
  }

  private static void testcase(
      XMLStreamWriter xml, FileResult result, String name, String element, List<Failure> failures)
      throws XMLStreamException {
    line(xml, 2);
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", result.file().shownAs());
    xml.writeAttribute("name", legal(name));
    if (!failures.isEmpty()) {
      xml.writeStartElement(element);
      Failure first = failures.get(0);
      xml.writeAttribute(
          "message", legal(first.subject().isEmpty() ? first.said() : first.subject()));
      xml.writeCharacters(
          legal(failures.stream().map(RuleTestsJunit::words).collect(Collectors.joining("\n"))));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String words(Failure failure) {
    String place = failure.position().file() + ":" + failure.position().line();
    return failure.ofTheWholeFile() || !failure.said().isEmpty()
        ? place + "  " + failure.subject() + failure.said()
        : place
            + "  "
            + failure.subject()
            + "\n  expected  "
            + side(failure.expected())
            + "\n  got       "
            + side(failure.got());
  }

  private static String side(List<String> lines) {
    return lines.isEmpty() ? "nothing" : String.join("\n            ", lines);
  }

  private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  /** XML 1.0 has no way to write most control characters. */
  private static String legal(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
